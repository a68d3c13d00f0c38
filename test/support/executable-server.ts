import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CliServer } from './cli.ts';
import { directorySettings } from './directories/directory-store.ts';
import { boundSettings, optionsToToml, type Setting, TOKEN_FILE } from './options-to-toml.ts';
import { send } from './send.ts';
import { speakers } from './speakers.ts';
import type { LogLine, StartOptions, TestServer } from './start-server.ts';
import { whenWeEnd } from './when-we-end.ts';

/** One app has the tests of a day within a minute: what is too much of them is for the tests of the limits. */
const UNLIMITED: Setting = [['limits', 'enabled'], false];

/** One process of the executable, its folder and its configuration file. */
class Executable {
  /** What a reload does not change. */
  readonly bound: string;
  readonly #folder = mkdtempSync(join(tmpdir(), 'scim-connector-'));
  readonly #file = join(this.#folder, 'connector.toml');
  readonly #forget: () => void;
  #server: CliServer | undefined;
  #stores = 0;

  constructor(bound: string) {
    this.bound = bound;
    this.#forget = whenWeEnd(() => rmSync(this.#folder, { recursive: true, force: true }));
  }

  get server(): CliServer {
    if (!this.#server) throw new Error('the executable is not running');
    return this.#server;
  }

  /** Serves what `options` say from now on, with nobody in it. @throws Error with the executable's own words */
  async serve(options: StartOptions): Promise<void> {
    const store = [...(await this.#newStore(options)), UNLIMITED];
    if (options.token !== undefined) writeFileSync(join(this.#folder, TOKEN_FILE), options.token, { mode: 0o600 });
    writeFileSync(this.#file, optionsToToml(options, store));
    if (this.#server) await this.#reload(this.#server);
    // With its input it ends when the tests end, however they do.
    else this.#server = await CliServer.start(['--config', this.#file, '--stop-on-stdin-end']);
  }

  async #newStore({ store = 'sqlite' }: StartOptions): Promise<readonly Setting[]> {
    if (typeof store === 'object') return directorySettings(store, this.#folder);
    if (store !== 'sqlite') throw new Error(`the executable keeps nobody in ${store}`);
    this.#stores += 1;
    return [[['sqlite', 'file'], `people-${this.#stores}.db`]];
  }

  async #reload(server: CliServer): Promise<void> {
    const from = server.log.length;
    server.tell('reload');
    const [outcome] = await server.logged(/configuration read again and in force|keeping the configuration .*/, from);
    if (outcome.startsWith('keeping')) throw new Error(outcome);
  }

  /** @throws Error when it does not end as it should */
  async stop(): Promise<void> {
    try {
      if (!this.#server) return;
      this.#server.endInput();
      const { code, stderr } = await this.#server.ended();
      if (code !== 0) throw new Error(`serve ended with ${code}: ${stderr.slice(-2000)}`);
    } finally {
      this.#forget();
      rmSync(this.#folder, { recursive: true, force: true });
    }
  }
}

/** A process that no test uses at the moment: a reload gives the next one an empty store sooner than a start does. */
let idle: Executable | undefined;

async function take(options: StartOptions): Promise<Executable> {
  const bound = JSON.stringify(boundSettings(options));
  const waiting = idle;
  idle = undefined;
  const executable = waiting?.bound === bound && isReusable(options) ? waiting : new Executable(bound);
  if (executable !== waiting) await waiting?.stop();
  try {
    await executable.serve(options);
    return executable;
  } catch (error) {
    await executable.stop();
    throw error;
  }
}

/** Over a reload that changes nothing of it a directory stays open, with all that is remembered of it. */
const isReusable = ({ store }: StartOptions): boolean => typeof store !== 'object';

async function giveBack(executable: Executable, options: StartOptions): Promise<void> {
  if (idle || !isReusable(options)) await executable.stop();
  else idle = executable;
}

const parsed = (line: string): LogLine => {
  const { level, time: _, msg, ...fields } = JSON.parse(line) as Record<string, unknown>;
  return { level: String(level), fields, message: String(msg) };
};

/** Whole lines; the log may be in the middle of one. */
const linesIn = (log: string): readonly LogLine[] =>
  log
    .split('\n')
    .slice(0, -1)
    .filter((line) => line.startsWith('{'))
    .map(parsed);

/** The executable as customers run it: a process of its own, a configuration file, a database on disk. */
export async function startExecutable(options: StartOptions = {}): Promise<TestServer> {
  if (options.backend) throw new Error('the executable cannot be given a backend of the test: see itWithFault');
  const executable = await take(options);
  const { server } = executable;
  const { url } = server;
  const from = server.log.length;
  /** Of requests that are none of the test's. */
  const own = new Set<unknown>();
  return {
    ...speakers(url, options.version),
    lines: async () => {
      // Lines come in the order of the requests: with the one of a last request, all others are there.
      const { headers } = await send(new URL('/', url).href, 'GET');
      const reference = headers.get('X-Request-Id');
      own.add(reference);
      await server.logged(new RegExp(`"ref":"${reference}".*\\n`), from);
      return linesIn(server.log.slice(from)).filter(({ fields }) => !own.has(fields['ref']));
    },
    close: () => giveBack(executable, options),
  };
}
