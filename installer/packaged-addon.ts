/**
 * Stands in for better-sqlite3/lib/binding.js inside a packaged executable, where there is no folder of prebuilt
 * addons: takes the addon that lies beside the executable (packages put it there), or unpacks the one inside it.
 * The operating system's loader needs a real file.
 */
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const FILE = 'better_sqlite3.node';

let loaded: object | undefined;

/** better-sqlite3's own signature; `given` is the option `nativeBinding`. */
export function getBinding(given?: object | null): object {
  if (given) return given;
  loaded ??= find();
  return loaded;
}

function load(file: string): object {
  const module = { exports: {} };
  process.dlopen(module, file);
  return module.exports;
}

function find(): object {
  const content = readFileSync(join(__dirname, 'native', FILE));
  const beside = join(dirname(process.execPath), FILE);
  // Another one may be left beside by another version.
  if (existsSync(beside) && readFileSync(beside).equals(content)) return load(beside);
  const sha256 = digest(content);
  const failures: string[] = [];
  for (const folder of folders()) {
    try {
      return load(unpacked(join(folder, sha256.slice(0, 16)), content, sha256));
    } catch (error) {
      failures.push(`  ${folder}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  throw new Error(
    `SQLite cannot be loaded: put ${FILE} beside the executable, or set CONNECTOR_NATIVE_DIR to a folder that only ` +
      `this account can write to, on a file system mounted with exec. Tried:\n${failures.join('\n')}`,
  );
}

/** Where the addon may be unpacked, best first: by the account that root acts as, where it acts as another. A service's account has no home, and /tmp may be mounted noexec. */
function folders(): readonly string[] {
  const { env } = process;
  const below = (folder: string | undefined, ...names: string[]): string[] => (folder ? [join(folder, ...names)] : []);
  // Not below %ProgramData% or a common temporary folder, where any user may put a folder before us.
  if (process.platform === 'win32')
    return [...below(env['CONNECTOR_NATIVE_DIR']), ...below(env['LOCALAPPDATA'], 'scim-connector')];
  return [
    ...below(env['CONNECTOR_NATIVE_DIR']),
    // systemd's CacheDirectory=
    ...below(env['CACHE_DIRECTORY']?.split(':')[0]),
    ...below(env['XDG_CACHE_HOME'], 'scim-connector'),
    ...below(env['HOME'], '.cache', 'scim-connector'),
    join(tmpdir(), `scim-connector-${process.geteuid?.()}`),
  ];
}

function unpacked(folder: string, content: Buffer, sha256: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { uid, mode } = lstatSync(folder);
  // What others can write to they can replace between our look and the loader's.
  if (process.geteuid && (uid !== process.geteuid() || (mode & 0o022) !== 0 || !lstatSync(folder).isDirectory()))
    throw new Error('belongs to another account, or others may write to it');
  const file = join(folder, FILE);
  if (existsSync(file) && digest(readFileSync(file)) === sha256) return file;
  const partial = `${file}.${process.pid}`;
  try {
    writeFileSync(partial, content, { mode: 0o600 });
    renameSync(partial, file);
  } finally {
    rmSync(partial, { force: true });
  }
  return file;
}

const digest = (content: Buffer): string => createHash('sha256').update(content).digest('hex');
