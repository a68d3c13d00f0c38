import type { Argv, CommandModule } from 'yargs';
import { backendsWith } from '../../connector/backend/catalogue.ts';
import type { Config } from '../../connector/config/config.ts';
import type { GlobalArguments } from '../cli/arguments.ts';
import { checksExitCode } from '../cli/checks-exit-code.ts';
import { example } from '../cli/example.ts';
import { EXIT } from '../cli/exit-codes.ts';
import { shortOptions } from '../cli/setting-flags.ts';
import { mark } from '../terminal/mark.ts';
import { table } from '../terminal/table.ts';
import { Terminal } from '../terminal/terminal.ts';

interface CheckArguments extends GlobalArguments {
  readonly strict?: boolean | undefined;
  readonly 'print-acl'?: boolean | undefined;
  readonly 'print-grants'?: boolean | undefined;
}

async function printAccess(config: Config, terminal: Terminal): Promise<void> {
  const { accessRules } = await import('../../connector/operations/check/access-rules.ts');
  const rules = await accessRules(config);
  if (rules.length === 0) terminal.info(`no app has ${backendsWith('access')}: there is nothing to allow`);
  if (terminal.json) terminal.printJson(rules);
  else for (const { app, rule } of rules) terminal.print(rules.length > 1 ? `# app ${app}\n${rule}` : rule);
}

/** Ready for psql. */
async function printGrants(config: Config, terminal: Terminal): Promise<void> {
  const { grantsIn } = await import('../../connector/operations/check/grants.ts');
  const grants = await grantsIn(config);
  if (grants.length === 0) terminal.info(`no app has ${backendsWith('role')}: there is no role to make`);
  if (terminal.json) terminal.printJson(grants);
  else for (const { server, sql } of grants) terminal.print(grants.length > 1 ? `-- at ${server}\n${sql}` : sql);
}

export const check: CommandModule<object, CheckArguments> = {
  command: 'check',
  describe: 'Prove configuration, certificate, database or directory, and credentials without serving',
  builder: (yargs: Argv) =>
    yargs
      .options(shortOptions)
      .option('strict', { type: 'boolean', describe: 'Exit with 7 when there are warnings' })
      .option('print-acl', {
        type: 'boolean',
        describe: 'Print the access rule that the service account needs in the LDAP directory, and check nothing',
      })
      .option('print-grants', {
        type: 'boolean',
        describe: 'Print SQL that makes the role in PostgreSQL and gives it what it needs, for psql, and check nothing',
      })
      .example(...example('check --config connector.toml', 'before a restart'))
      .example(...example('check --json | jq .ok', 'in a script'))
      .example(...example('check --print-grants | psql --dbname people', 'before PostgreSQL is first used')),
  handler: async (given) => {
    const terminal = new Terminal(given);
    const { load } = await import('../cli/load.ts');
    if (given['print-acl']) return printAccess((await load(given, 'refuse')).config, terminal);
    if (given['print-grants']) return printGrants((await load(given)).config, terminal);
    const [{ runChecks }, { refusedConfiguration }] = await Promise.all([
      import('../../connector/operations/check/check.ts'),
      import('../../connector/operations/check/refused-configuration.ts'),
    ]);
    const loaded = load(given, 'refuse');
    const checks = await (terminal.json ? loaded.then(runChecks, refusedConfiguration) : runChecks(await loaded));
    const exitCode = checksExitCode(checks, given.strict ?? false);
    if (terminal.json)
      terminal.printJson({ ok: exitCode === EXIT.ok, checks: checks.map(({ failure: _, ...shown }) => shown) });
    else
      terminal.print(table(checks.map(({ status, check: name, app, text }) => [mark(status), name, app ?? '', text])));
    process.exitCode = exitCode;
  },
};
