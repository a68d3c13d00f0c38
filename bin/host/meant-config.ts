import { closeSync, constants, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { CommandError } from '../cli/command-error.ts';
import { EXIT } from '../cli/exit-codes.ts';
import { isInstalled, places } from './installation.ts';

/** In the current folder, as `init` writes it. */
const HERE = 'connector.toml';

/** What a command works with that names no configuration. */
export interface MeantConfig {
  /** Absent: defaults, environment and flags. */
  readonly file?: string;
  /** What the operator should know of the choice. */
  readonly notice?: { readonly text: string; readonly warning: boolean };
}

interface Circumstances {
  readonly folder: string;
  /** The installed connector's configuration, whether it is there or not; absent: nothing is installed. */
  readonly installed?: string | undefined;
  /** Flags or environment say where the state is, so no other connector's is taken by mistake. */
  readonly namesState: boolean;
}

/** @throws CommandError secret: it is there, for all we know, and we may not look */
function isThere(file: string): boolean {
  try {
    return statSync(file, { throwIfNoEntry: false }) !== undefined;
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code !== 'EACCES' && code !== 'EPERM') throw cause;
    const how = process.platform === 'win32' ? 'use an elevated prompt' : 'use sudo';
    throw new CommandError(
      EXIT.secret,
      `${file}: the installed connector's configuration may not be read by this account; ${how}, or name another with --config`,
      { cause },
    );
  }
}

/** Enough for the comments above the first setting. Unit: bytes. */
const HEAD = 8192;

function looksLikeOurs(file: string): boolean {
  try {
    const handle = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const head = Buffer.alloc(HEAD);
    const length = readSync(handle, head);
    closeSync(handle);
    return /^\s*config_version\s*=/m.test(head.toString('latin1', 0, length));
  } catch {
    return false;
  }
}

/** Configurations under other names. A folder that cannot be listed has none for us. */
function othersIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.toml') && looksLikeOurs(join(folder, name)));
  } catch {
    return [];
  }
}

const said = (text: string, warning = false): Pick<MeantConfig, 'notice'> => ({ notice: { text, warning } });

/**
 * The installed connector's configuration, else the one in the current folder, else none. One that lies here is never
 * passed over in silence: the state beside it would be used all the same.
 * @throws CommandError the installed connector has no configuration, or it may not be read
 */
export function meantConfig({ folder, installed, namesState }: Circumstances): MeantConfig {
  const here = join(folder, HERE);
  if (installed !== undefined && isThere(installed))
    return { file: installed, ...(isThere(here) ? said(`using ${installed}, not the ${HERE} in this folder`) : {}) };
  if (isThere(here)) return { file: here, ...said(`using ${HERE} in this folder`) };
  if (namesState) return {};
  if (installed !== undefined)
    throw new CommandError(
      EXIT.usage,
      `${installed}: no such file; make it with "scim-connector init", or name the configuration with --config`,
    );
  const others = othersIn(folder);
  if (others.length === 0) return {};
  return said(`${others.join(', ')} in this folder is not used; name it with --config ${others[0]}`, true);
}

/** The same, here and now. */
export const meantHere = (namesState: boolean): MeantConfig =>
  meantConfig({
    folder: process.cwd(),
    installed: isInstalled() ? places().configFile : undefined,
    namesState: namesState || Boolean(process.env['CONNECTOR_STATE_DIR']),
  });
