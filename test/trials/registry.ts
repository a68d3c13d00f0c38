/** The trials by name. Add one: a file that exports a `Trial`, a line here, a test with a small count, a row in docs/guarantees.md. */
import { agent } from './agent.ts';
import { breakIn } from './break-in.ts';
import { doctor } from './doctor.ts';
import { faults } from './faults.ts';
import { framing } from './framing.ts';
import { holds } from './holds.ts';
import { journal } from './journal.ts';
import { kill } from './kill.ts';
import { ldap } from './ldap.ts';
import { load } from './load.ts';
import { soak } from './soak.ts';
import type { Trial } from './trial.ts';
import { twoNodes } from './two-nodes.ts';

export const trials: Readonly<Record<string, Trial>> = {
  kill,
  journal,
  doctor,
  holds,
  faults,
  ldap,
  framing,
  agent,
  'break-in': breakIn,
  load,
  soak,
  'two-nodes': twoNodes,
};
