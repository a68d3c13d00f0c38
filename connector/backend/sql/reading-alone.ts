import { ScimError } from '../../scim/error.ts';
import type { Capabilities } from '../backend.ts';

/** Of a store that is read beside the connectors that serve from it. */
export const READING_ALONE: Capabilities = {
  types: ['User', 'Group'],
  create: false,
  modify: false,
  delete: false,
  password: false,
  sort: true,
  incremental: true,
  versioning: 'atomic',
};

/** What it answers to every write. */
export const refused = (): Promise<never> =>
  Promise.reject(
    new ScimError('notImplemented', 'the database is open for reading only; nothing is written', {
      fault: 'feature-off',
    }),
  );
