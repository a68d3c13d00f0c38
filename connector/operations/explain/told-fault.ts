import { CATALOGUE } from '../../explain/catalogue.ts';
import type { Fault } from '../../explain/fault.ts';
import type { FaultCode } from '../../scim/fault-code.ts';

/** A fault as it is told: what is known of it, and the name to find it by. */
export interface ToldFault extends Omit<Fault, 'patterns'> {
  readonly code: FaultCode;
  /** Where it is told at length. */
  readonly page: string;
}

export function toldFault(code: FaultCode): ToldFault {
  const { patterns: _, ...fault } = CATALOGUE[code];
  return { code, ...fault, page: `docs/errors.md#${code}` };
}
