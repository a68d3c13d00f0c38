import type { Argv, CommandModule } from 'yargs';
import { catalogue } from '../../../connector/backend/catalogue.ts';
import type { KeptCounts } from '../../../connector/backend/module/moving.ts';
import type { App } from '../../../connector/config/config.ts';
import type { Moved, MovePreview } from '../../../connector/operations/move/move-people.ts';
import type { GlobalArguments } from '../../cli/arguments.ts';
import { CommandError } from '../../cli/command-error.ts';
import { example } from '../../cli/example.ts';
import { EXIT } from '../../cli/exit-codes.ts';
import { shortOptionsOf } from '../../cli/setting-flags.ts';
import { Terminal } from '../../terminal/terminal.ts';
import { counted } from '../../terminal/wording.ts';

interface MigrateArguments extends GlobalArguments {
  readonly app?: string | undefined;
  readonly from: string;
  readonly to: string;
  readonly 'dry-run'?: boolean | undefined;
  readonly restart?: boolean | undefined;
}

const leaving = catalogue.filter(({ moving }) => moving?.leave);
const arriving = catalogue.filter(({ moving }) => moving?.arrive);
const namesOf = (modules: typeof catalogue): readonly string[] => modules.map(({ name }) => name);

/** Short forms of where both are. */
const storeOptions = (yargs: Argv): Argv => yargs.options(shortOptionsOf([...leaving, ...arriving]));

const INTERRUPTED = 'interrupted; what was moved stays there and is not served: the same command goes on with it';

const countsText = ({ users, groups, memberships, entitlements }: KeptCounts): string =>
  [
    counted(users, 'user'),
    counted(groups, 'group'),
    counted(memberships, 'membership'),
    counted(entitlements, 'entitlement'),
  ].join(', ');

/** In a pipe or a log: a line each time another tenth is done. */
function linesOfProgress(terminal: Terminal): (done: number, of: number) => void {
  let told = 0;
  return (done, of) => {
    const tenth = Math.floor((done / Math.max(of, 1)) * 10);
    if (process.stderr.isTTY === true || tenth <= told) return;
    told = tenth;
    terminal.info(`${done} of ${of} rows moved`);
  };
}

function movedText({ counts, digest, from, to, before, finishedBefore }: Moved): string {
  if (finishedBefore !== undefined)
    return `${from} was moved to ${to} at ${finishedBefore} already, and nothing was done: ${countsText(counts)}`;
  const earlier = before > 0 ? `; ${before} rows were there from an earlier run` : '';
  return `moved ${countsText(counts)} to ${to}${earlier}\nverified: both hold the same, SHA-256 ${digest}`;
}

function previewText({ counts, from, to, standing }: MovePreview): string {
  const what = `${from}: ${countsText(counts)}`;
  if (standing.kind === 'finished') return `${what}\n${to} holds all of it, since ${standing.at}`;
  const how = standing.done > 0 ? `goes on after ${standing.done} rows that are there` : 'begins from nothing';
  return `${what}\n${to} can keep all of it, and the move ${how}; nothing was written`;
}

async function dryRun(app: App, given: MigrateArguments, terminal: Terminal): Promise<void> {
  const [{ betweenStores }, { previewMove }, { watched }] = await Promise.all([
    import('../../../connector/operations/move/ends.ts'),
    import('../../../connector/operations/move/move-people.ts'),
    import('../../cli/watched.ts'),
  ]);
  const seen = await watched(given.quiet ?? false, ({ signal }) =>
    betweenStores(app, given, { alone: false, signal }, (ends) => previewMove(ends, signal)),
  );
  const { objections, more } = seen;
  if (objections.length > 0)
    throw new CommandError(EXIT.usage, [...objections, ...(more ? ['and more'] : [])].join('\n'));
  if (terminal.json) terminal.printJson(seen);
  else terminal.info(previewText(seen));
}

async function moveAll(app: App, given: MigrateArguments, terminal: Terminal): Promise<Moved> {
  const [{ betweenStores }, { movePeople }, { watched }] = await Promise.all([
    import('../../../connector/operations/move/ends.ts'),
    import('../../../connector/operations/move/move-people.ts'),
    import('../../cli/watched.ts'),
  ]);
  const tell = linesOfProgress(terminal);
  const move = ({ signal, onProgress }: { signal: AbortSignal; onProgress: (done: number, of: number) => void }) =>
    betweenStores(app, given, { alone: true, signal }, (ends) =>
      movePeople(ends, given.restart ?? false, {
        signal,
        onProgress: (done, of) => {
          onProgress(done, of);
          tell(done, of);
        },
      }),
    );
  return watched(given.quiet ?? false, move, INTERRUPTED);
}

export const migrate: CommandModule<object, MigrateArguments> = {
  command: 'migrate',
  describe: 'Move everybody into another kind of database as they are; stop the server first',
  builder: (yargs: Argv) =>
    storeOptions(yargs)
      .option('from', { requiresArg: true, demandOption: true, choices: namesOf(leaving), describe: 'Where they are' })
      .option('to', {
        requiresArg: true,
        demandOption: true,
        choices: namesOf(arriving),
        describe: 'Where they go: an empty schema',
      })
      .option('app', { type: 'string', requiresArg: true, describe: 'Which app, when there are several' })
      .option('dry-run', { type: 'boolean', describe: 'Find all that cannot be moved, also while the server runs' })
      .option('restart', {
        type: 'boolean',
        describe: 'Throw away what an unfinished move has left there, and begin anew',
      })
      .example(...example('data migrate --from sqlite --to postgres --dry-run', 'every person in the way, by name'))
      .example(...example('data migrate --from sqlite --to postgres', 'killed at any point, it goes on where it was')),
  handler: async (given) => {
    const [{ load }, { chosenApps, onlyApp }, { audit, mustBeAudited }] = await Promise.all([
      import('../../cli/load.ts'),
      import('../../cli/chosen-app.ts'),
      import('../../cli/audited.ts'),
    ]);
    const loaded = await load(given, 'warn', 'take');
    const app = onlyApp(chosenApps(loaded.config, given.app), 'configured');
    const terminal = new Terminal(given);
    if (given['dry-run']) return dryRun(app, given, terminal);
    await mustBeAudited(loaded);
    const moved = await moveAll(app, given, terminal);
    const { users, groups } = moved.counts;
    const details = { from: given.from, to: given.to, users, groups };
    await audit(loaded, { action: 'data migrate', app: app.name, details }, terminal);
    if (terminal.json) terminal.printJson(moved);
    else terminal.info(movedText(moved));
    if (app.backend !== given.to)
      terminal.noteCommands(`${moved.from} stays as it is. Now serve from the other one; in the configuration:`, [
        `[apps.${app.name}]`,
        `backend = "${given.to}"`,
      ]);
  },
};
