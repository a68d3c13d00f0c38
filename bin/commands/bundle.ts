import { writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Argv, CommandModule } from 'yargs';
import type { Bundle, BundleSources } from '../../connector/operations/bundle/bundle.ts';
import type { GlobalArguments } from '../cli/arguments.ts';
import { CommandError } from '../cli/command-error.ts';
import { example } from '../cli/example.ts';
import { EXIT } from '../cli/exit-codes.ts';
import { shortOptions } from '../cli/setting-flags.ts';
import { Terminal } from '../terminal/terminal.ts';

interface BundleArguments extends GlobalArguments {
  readonly out?: string | undefined;
  readonly log?: string | undefined;
  readonly who?: string | undefined;
}

const standardName = (made: Date): string =>
  `scim-connector-bundle-${made.toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-')}.tar.gz`;

/** What can be found out, also where the configuration is refused. Root becomes the service's account meanwhile. */
async function sourcesOf({ log, ...given }: BundleArguments, made: Date): Promise<BundleSources> {
  const [{ logTail }, { load }, { release }] = await Promise.all([
    import('../host/log-tail.ts'),
    import('../cli/load.ts'),
    import('../cli/version.ts'),
  ]);
  const tail = logTail(log);
  const loaded = await load(given, 'warn').catch((error: unknown) =>
    error instanceof Error ? error : new Error(String(error)),
  );
  const { secrets } = loaded instanceof Error ? {} : loaded;
  return { loaded, log: tail, release, made, ...(secrets ? { auditKey: () => secrets.derivedKey('audit') } : {}) };
}

async function tellWho(who: string, given: BundleArguments, made: Date, terminal: Terminal): Promise<void> {
  const { gatherBundle } = await import('../../connector/operations/bundle/bundle.ts');
  if (/^word-/.test(who))
    throw new CommandError(
      EXIT.usage,
      '--who: a word may be a secret that was typed in the wrong place; look for it in the log',
    );
  const { pseudonyms, isKeyKept } = await gatherBundle(await sourcesOf(given, made));
  const meaning = pseudonyms.meaning(who);
  if (meaning.length === 0) {
    const why = isKeyKept
      ? 'is in nothing that a bundle would hold now; name the same log with --log'
      : 'cannot be looked up: the key in the state folder cannot be read';
    throw new CommandError(EXIT.usage, `--who: ${who} ${why}`);
  }
  if (terminal.json) terminal.printJson({ pseudonym: who, meaning });
  else terminal.print(meaning.join('\n'));
}

const listed = ({ parts, missing, pseudonyms }: Bundle, file: string, size: number) => ({
  file,
  bytes: size,
  files: ['MANIFEST.md', ...parts.map(({ name }) => name)],
  missing,
  replaced: pseudonyms.counts,
});

export const bundle: CommandModule<object, BundleArguments> = {
  command: 'bundle',
  describe: 'Collect what support asks for in one archive, without secrets and names',
  builder: (yargs: Argv) =>
    yargs
      .options(shortOptions)
      .option('out', { type: 'string', requiresArg: true, describe: 'The archive to make, a .tar.gz' })
      .option('log', {
        type: 'string',
        requiresArg: true,
        describe: 'The file that the log is in, unless the system knows',
      })
      .option('who', {
        type: 'string',
        requiresArg: true,
        describe: 'Say whom a stand-in of a bundle means, such as user-7f3a21, and make none',
      })
      .example(...example('bundle --out support.tar.gz', 'then read MANIFEST.md in it, and send it'))
      .example(...example('bundle --who user-7f3a21', 'when support asks about that person')),
  handler: async ({ who, out, ...given }) => {
    const terminal = new Terminal(given);
    const made = new Date();
    if (who !== undefined) return tellWho(who, given, made, terminal);
    const [{ gatherBundle, packed }, { withOutput }] = await Promise.all([
      import('../../connector/operations/bundle/bundle.ts'),
      import('../../connector/state/named-output.ts'),
    ]);
    const file = out ?? standardName(made);
    await withOutput(file, {}, async (output) => {
      const sources = await sourcesOf(given, made);
      const gathered = await gatherBundle(sources);
      const archive = packed(gathered, basename(file), sources);
      const spare = sources.loaded instanceof Error ? '.' : sources.loaded.config.state_dir;
      await output.place(spare, async (path) => writeFileSync(path, archive));
      const told = listed(gathered, file, archive.length);
      if (terminal.json) return terminal.printJson(told);
      terminal.print(`${file} (${Math.ceil(archive.length / 1024)} KiB): ${told.files.join(', ')}`);
      for (const { name, why } of told.missing) terminal.info(`without ${name}: ${why}`);
      terminal.noteCommands('read it before you send it, MANIFEST.md first:', [`tar xzf ${file}`]);
    });
  },
};
