import { AUTH_RULES } from './auth-rules.ts';
import { COMMAND_RULES } from './command-rules.ts';
import { CONFIG_RULES } from './config-rules.ts';
import { POSTGRES_BACKEND, POSTGRES_RULES, SHARED_STATE_RULES } from './postgres-rules.ts';
import { LDAP, MODULE, type Rule, SQLITE, STORE_RULES, VOCABULARY } from './store-rules.ts';
import { TLS_RULES } from './tls-rules.ts';
import { WRITING_RULES } from './writing-rules.ts';

/** The list of backends. */
export const BACKENDS = 'connector/backend/modules.ts';

const rooms = (...names: readonly string[]): string[] => names.map((name) => `connector/${name}/`);

/**
 * Who may import what: folders, files or packages. First match wins; a folder may always import itself. From the
 * ground up: a room knows the rooms above it in this list, and none below.
 */
export const RULES: readonly Rule[] = [
  ['connector/scim/', []],
  ['connector/text/', []],
  ['connector/concurrency/', []],
  ['connector/log/', ['pino', 'pino-pretty']],
  ['connector/state/', ['better-sqlite3']],
  ['connector/secrets/', ['connector/state/']],
  // What may not leave the house, and what stands for it.
  ['connector/redaction/', ['connector/state/']],
  ...TLS_RULES,
  ...AUTH_RULES,
  // The words settings are written in; what they are put together to comes after the backends.
  [VOCABULARY, ['connector/secrets/secret.ts', 'zod']],
  ...POSTGRES_RULES,
  ['connector/backend/trail.ts', ['connector/scim/']],
  ['connector/backend/backend.ts', ['connector/backend/trail.ts', 'connector/scim/']],
  [MODULE, ['connector/scim/', VOCABULARY, 'connector/backend/backend.ts', 'zod']],
  ...STORE_RULES,
  [BACKENDS, [SQLITE, POSTGRES_BACKEND, LDAP]],
  ['connector/backend/catalogue.ts', [BACKENDS]],
  ...CONFIG_RULES,
  [
    'connector/backend/registry.ts',
    [
      'connector/backend/backend.ts',
      MODULE,
      'connector/backend/catalogue.ts',
      'connector/config/config.ts',
      'connector/secrets/secret.ts',
    ],
  ],
  ['connector/protocol/v1/', ['connector/protocol/', 'connector/scim/']],
  ['connector/protocol/v2/', ['connector/protocol/', 'connector/scim/', 'fastest-levenshtein']],
  ['connector/protocol/', ['connector/scim/', 'connector/backend/backend.ts', 'connector/secrets/sealed.ts']],
  ['connector/backend/decorators/', ['connector/scim/', 'connector/backend/backend.ts']],
  ...WRITING_RULES,
  // How the command line asks a running service.
  ['connector/admin/', ['connector/log/log.ts', 'connector/state/']],
  // Who did what, each entry chained to the one before it.
  ['connector/audit/', ['connector/state/private-file.ts', 'better-sqlite3']],
  // What is kept of every operation, and where.
  [
    'connector/journal/',
    [
      'connector/scim/',
      'connector/service/',
      'connector/state/',
      'connector/audit/',
      'connector/log/',
      'connector/backend/backend.ts',
      'connector/backend/trail.ts',
      'better-sqlite3',
    ],
  ],
  [
    'connector/http/',
    [
      'connector/scim/',
      'connector/concurrency/',
      'connector/entitlements/',
      'connector/log/log.ts',
      'connector/log/logged-names.ts',
      'connector/service/',
      'connector/protocol/',
      'connector/backend/backend.ts',
      'connector/backend/trail.ts',
      'connector/auth/',
      'koa',
      'jsonc-parser',
      '@koa/router',
      'proxy-addr',
    ],
  ],
  // Who is told when something is wrong, and how.
  [
    'connector/alerts/',
    [
      'connector/config/config.ts',
      VOCABULARY,
      'connector/secrets/secret.ts',
      'connector/log/',
      'connector/scim/error.ts',
      'connector/service/observer.ts',
      'lru-cache',
      'nodemailer',
    ],
  ],
  // Figures for Prometheus, of what is told and of what is watched.
  [
    'connector/metrics/',
    [
      'connector/backend/backend.ts',
      'connector/http/connections.ts',
      'connector/http/failure.ts',
      'connector/http/middleware/local-only.ts',
      'connector/log/log.ts',
      'connector/service/observer.ts',
      'prom-client',
    ],
  ],
  // What is known of the present: who called, what failed, what is imported.
  [
    'connector/vitals/',
    [
      'connector/scim/',
      'connector/backend/backend.ts',
      'connector/http/failure.ts',
      'connector/journal/record.ts',
      'connector/service/',
      'connector/state/',
    ],
  ],
  ...SHARED_STATE_RULES,
  // Puts the parts together.
  [
    'connector/run/',
    [
      'connector/alerts/',
      'connector/admin/',
      'connector/auth/',
      'connector/backend/backend.ts',
      MODULE,
      'connector/backend/registry.ts',
      'connector/config/config.ts',
      VOCABULARY,
      'connector/entitlements/',
      'connector/holds/',
      'connector/http/',
      'connector/journal/',
      'connector/log/',
      'connector/metrics/',
      'connector/protocol/',
      'connector/scim/',
      'connector/secrets/secret-store.ts',
      'connector/service/',
      'connector/shared-state/',
      'connector/state/',
      'connector/tls/',
      'connector/vitals/',
      'koa',
    ],
  ],
  // What can go wrong, in plain words, and how a text of it is known.
  ['connector/explain/', ['connector/scim/fault-code.ts', 'connector/scim/sharing-fault.ts']],
  // A page to keep, mail and print. Knows nothing of what it shows.
  ['connector/report/', []],
  // Okta's end of the wire: a client, which knows nothing of the server.
  ['connector/simulator/', []],
  // What an operator asks for, as data.
  [
    'connector/operations/',
    [
      ...rooms(
        'admin',
        'alerts',
        'audit',
        'auth',
        'config',
        'entitlements',
        'explain',
        'holds',
        'journal',
        'log',
        'protocol',
        'redaction',
        'run',
      ),
      ...rooms(
        'report',
        'scim',
        'service',
        'shared-state',
        'simulator',
        'state',
        'text',
        'tls',
        'truststore',
        'vitals',
      ),
      ...['connector/backend/backend.ts', 'connector/backend/decorators/forwarding-backend.ts'],
      MODULE,
      'connector/backend/catalogue.ts',
      'connector/backend/registry.ts',
      ...['connector/postgres/address.ts', 'connector/postgres/examination/', 'connector/postgres/grants.ts'],
      'connector/secrets/',
      'csv-parse',
      'csv-stringify',
      'fastest-levenshtein',
      'nanotar',
    ],
  ],
  ...COMMAND_RULES,
];

/** Rooms that are entered through one door: who may import from them, besides themselves. */
export const DOORS: readonly (readonly [room: string, by: readonly string[]])[] = [
  ['connector/protocol/v1/', ['connector/protocol/protocols.ts']],
  ['connector/protocol/v2/', ['connector/protocol/protocols.ts']],
  [SQLITE, [BACKENDS]],
  [POSTGRES_BACKEND, [BACKENDS]],
  [LDAP, [BACKENDS]],
];
