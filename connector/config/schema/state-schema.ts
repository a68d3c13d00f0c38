import * as z from 'zod';
import { postgresSettings } from '../../postgres/settings.ts';
import { about, optional, secret } from '../vocabulary/scalars.ts';

const postgres = z.strictObject({
  ...postgresSettings,
  schema: z
    .string()
    .regex(/^[a-z_][a-z0-9_]{0,62}$/, 'must be a name of lower-case letters, digits and "_"')
    .default('scim_state')
    .describe('Schema of its tables in the database; made at the first start where the role may'),
  key: secret({
    description: 'What keys that connectors share are sealed with before they are stored. The same in all connectors',
    computed: 'from the password',
  }).exactOptional(),
});

/** What connectors that serve the same apps have together. */
export const state = z
  .strictObject({
    backend: optional(z.enum(['files', 'postgres']), {
      description:
        'Where tokens, their last use, holds, keys, the CA and the journal are kept: in state_dir, or in a database that several connectors share. state = "postgres" at the top says the same',
      computed: '"files", "postgres" with [state.postgres] url',
      example: 'postgres',
    }),
    postgres: postgres.prefault({}).meta(
      about(undefined, {
        description:
          'The database that connectors share. Without a url it is that of the one app with backend = "postgres"',
      }),
    ),
  })
  .prefault({})
  .meta(about(undefined, { description: 'What several connectors share' }));
