import type { Options } from 'yargs';
import { METHOD_NAMES } from '../../connector/auth/methods.ts';
import { catalogue, type Module } from '../../connector/backend/catalogue.ts';
import { coerce } from '../../connector/config/load/environment.ts';
import { ANY_APP, type Flag } from '../../connector/config/load/setting-sources.ts';
import { isFileOnly, isSecret, NAME, nodeAt, settings } from '../../connector/config/schema/settings.ts';
import { formatListen, parseListen } from '../../connector/config/vocabulary/listen.ts';
import { CommandError } from './command-error.ts';
import { EXIT } from './exit-codes.ts';

type Arguments = Readonly<Record<string, unknown>>;

const backendOption = (describe: string): Options => ({ type: 'string', requiresArg: true, describe });

/** Short forms of backends' own settings. */
export const shortOptionsOf = (modules: readonly Module[]): Readonly<Record<string, Options>> =>
  Object.fromEntries(
    modules.flatMap(({ shortFlags = {} }) =>
      Object.entries(shortFlags).map(([name, { describe }]) => [name, backendOption(describe)]),
    ),
  );

/** Short forms for a start without a file. They mean the only app there is. */
export const shortOptions = {
  backend: {
    type: 'string',
    requiresArg: true,
    choices: catalogue.map(({ name }) => name),
    describe: 'Where people are kept',
  },
  ...shortOptionsOf(catalogue),
  host: { type: 'string', requiresArg: true, describe: 'Address to listen on' },
  port: { type: 'string', requiresArg: true, describe: 'Port to listen on; 0 takes a free one' },
  http: { type: 'boolean', describe: 'Plain HTTP, on loopback only' },
  auth: { type: 'string', requiresArg: true, choices: METHOD_NAMES, describe: 'Authorization type' },
  put: {
    type: 'string',
    requiresArg: true,
    choices: ['merge', 'replace'],
    describe: 'What PUT does with an absent attribute',
  },
} satisfies Record<string, Options>;

const SHORT: Readonly<Record<string, readonly string[]>> = {
  state: ['state', 'backend'],
  backend: ['apps', ANY_APP, 'backend'],
  ...Object.fromEntries(
    catalogue.flatMap(({ name: backend, shortFlags = {} }) =>
      Object.entries(shortFlags).map(([flag, { setting }]) => [flag, ['apps', ANY_APP, backend, setting]]),
    ),
  ),
  http: ['server', 'http'],
  auth: ['apps', ANY_APP, 'auth', 'method'],
  put: ['apps', ANY_APP, 'put'],
};

/** Apps that flags name: `--apps.hr.put` makes flags for "hr". */
function appsIn(words: readonly string[]): readonly string[] {
  const names = words.map((word) => /^--(?:no-)?apps\.([a-z][a-z0-9-]*)\./.exec(word)?.[1]);
  return [...new Set(['default', ...names.filter((name) => name !== undefined)])];
}

/**
 * A flag for every setting that is not a secret: other users of the machine see the list of processes. Left out of
 * the help, which would be four screens long: docs/configuration.md has them.
 */
export function settingOptions(words: readonly string[]): Record<string, Options> {
  const options: Record<string, Options> = {};
  for (const setting of settings()) {
    if (isFileOnly(setting) || isSecret(setting.node)) continue;
    const names = setting.path.includes(NAME) ? appsIn(words) : [''];
    for (const name of names)
      options[setting.path.map((key) => (key === NAME ? name : key)).join('.')] = {
        type: setting.node.type === 'boolean' ? 'boolean' : 'string',
        requiresArg: setting.node.type !== 'boolean',
        hidden: true,
        describe: setting.node.description ?? '',
      };
  }
  // `--state postgres`, as the word stands in a file.
  options['state'] = { type: 'string', requiresArg: true, hidden: true, describe: 'Short for --state.backend' };
  return options;
}

/** A flag given twice: the last one counts, lists grow. */
const text = (value: unknown): unknown =>
  Array.isArray(value) && value.every((item) => typeof item === 'string') ? value.join(',') : value;

const isPort = (text: string): boolean => /^\d{1,5}$/.test(text) && Number(text) <= 65_535;

/** `--host` and `--port` each change their half of `server.listen`. @throws CommandError usage */
function* listenFlags({ host, port }: Arguments): Generator<Flag> {
  const path = ['server', 'listen'];
  const below = (value: unknown) =>
    parseListen(typeof value === 'string' ? value : '') ?? { host: '127.0.0.1', port: 8443 };
  if (typeof host === 'string') {
    if (!parseListen(formatListen({ host, port: 0 })))
      throw wrongFlag(`--host: must be a name or address of this machine, not ${JSON.stringify(host)}`);
    yield { path, name: '--host', value: host, change: (value) => formatListen({ ...below(value), host }) };
  }
  if (typeof port === 'string') {
    if (!isPort(port)) throw wrongFlag(`--port: must be a whole number from 0 to 65535, not ${JSON.stringify(port)}`);
    const change = (value: unknown) => formatListen({ ...below(value), port: Number(port) });
    yield { path, name: '--port', value: port, change };
  }
}

const wrongFlag = (message: string): CommandError => new CommandError(EXIT.usage, message);

/** The settings among the arguments of a command. */
export function* flagsOf(given: Arguments): Generator<Flag> {
  for (const [name, value] of Object.entries(given)) {
    const path = name.split('.');
    const node = path.length > 1 || name === 'state_dir' ? nodeAt(path) : undefined;
    if (value === undefined || !node || isSecret(node)) continue;
    const given = text(value);
    yield { path, name: `--${name}`, value: typeof given === 'string' ? coerce(node, given) : given };
  }
  for (const [name, path] of Object.entries(SHORT))
    if (given[name] !== undefined) yield { path, name: `--${name}`, value: given[name] };
  yield* listenFlags(given);
}
