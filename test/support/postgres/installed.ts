import { exclusively } from '../directories/claim.ts';
import { installPackages, programFile } from '../directories/install.ts';

export const POSTGRES = {
  packages: ['postgresql-15', 'pgbouncer', 'openssl'],
  programs: ['postgres', 'initdb', 'pg_basebackup', 'pgbouncer', 'openssl', 'setpriv'],
} as const;

/** Whether tests may count on it: it is there, or is going to be installed. */
export const isPostgresExpected = (): boolean =>
  process.platform === 'linux' &&
  (process.env['CI'] === 'true' ||
    process.env['CONNECTOR_TEST_INSTALL'] === '1' ||
    POSTGRES.programs.every((program) => programFile(program) !== undefined));

let missing: Promise<string | undefined> | undefined;

/** @returns why PostgreSQL cannot be started, if so */
export function missingPostgres(): Promise<string | undefined> {
  missing ??= exclusively('install', async () => installPackages(POSTGRES));
  return missing;
}

/** For `before`: where it is not installed the suite is skipped and says so, and in CI it fails. */
export async function needsPostgres(this: Mocha.Context): Promise<void> {
  // Installing takes minutes where nothing is cached.
  this.timeout(600_000);
  const reason = await missingPostgres();
  if (reason === undefined) return;
  if (process.env['CI'] === 'true') throw new Error(reason);
  process.stderr.write(`    tests on PostgreSQL are skipped: ${reason}\n`);
  this.skip();
}
