import type { Census } from '../../backend/module/census.ts';
import type { Example, Found } from './examples.ts';
import type { ExpectedTime } from './expected-time.ts';
import type { FaultMeaning } from './person-faults.ts';
import type { Safeguard } from './safeguard.ts';

/** One kind of thing that is wrong with people. */
export interface PeopleFault extends FaultMeaning, Found {}

/** What Okta's import would see. */
export interface ImportPreview {
  readonly app: string;
  /** Nothing stands in the way. */
  readonly ok: boolean;
  readonly users: { readonly total: number; readonly active: number; readonly inactive: number };
  readonly groups: number;
  readonly memberships: number;
  readonly pages: number;
  /** Of all answers. */
  readonly bytes: number;
  /** People with at least one fault. */
  readonly faulty: number;
  /** Those that were found, in the order of `PERSON_FAULTS`. */
  readonly people: readonly PeopleFault[];
  readonly dangling: { readonly count: number; readonly examples: readonly Example[] };
  /** Absent where every account that is there is shown. */
  readonly census?: Census;
  readonly safeguard: Safeguard;
  readonly time: ExpectedTime;
}
