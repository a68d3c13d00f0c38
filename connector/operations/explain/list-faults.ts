import { areas } from '../../explain/catalogue.ts';
import { type ToldFault, toldFault } from './told-fault.ts';

export interface ListedArea {
  readonly area: string;
  readonly faults: readonly ToldFault[];
}

/** The whole catalogue. */
export const listFaults = (): readonly ListedArea[] =>
  areas.map(({ title, faults }) => ({ area: title, faults: [...faults.keys()].map(toldFault) }));
