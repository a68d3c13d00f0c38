import { ScimError } from '../scim/error.ts';
import type { OperationEvent } from '../service/observer.ts';
import { type AnnouncedWrite, outcomeOfAll } from './announced-write.ts';
import type { RecordOutcome } from './record.ts';

/** It ended for want of the store, or by a bug: nobody has taken back what was done by then. */
const brokeOff = (failure: unknown): boolean => !(failure instanceof ScimError) || failure.reason === 'unavailable';

/** What became of an operation, where its writes tell more than its answer did. */
export function operationOutcome(
  { outcome, failure }: Pick<OperationEvent, 'outcome' | 'failure'>,
  writes: readonly AnnouncedWrite[],
): RecordOutcome {
  if (outcome === 'done') return outcome;
  if (writes.some((one) => one.outcome === undefined || one.outcome === 'unknown')) return 'unknown';
  // The store was lost while the result was read back, say.
  return brokeOff(failure) && writes.some((one) => one.outcome === 'done') ? outcomeOfAll(writes) : outcome;
}
