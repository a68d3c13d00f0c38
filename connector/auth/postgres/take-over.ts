import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from '../../postgres/database.ts';
import { exclusively } from '../../state/exclusive.ts';
import { type Credential, isExpired } from '../credentials/credential.ts';
import { credentialFile, readCredentials } from '../credentials/credential-file.ts';
import { isLent } from '../credentials/lent-name.ts';
import { changeCredentials } from './credential-table.ts';

/** Unit: ms. */
const PATIENCE = 15_000;
/** Unit: characters. */
const LONGEST_NAME = 64;

/** What is left of the file: nobody reads it any more. */
const takenFile = (stateDir: string): string => join(stateDir, 'credentials.taken-over.json');

const secretOf = (credential: Credential): string => ('hash' in credential ? credential.hash : credential.sha256);

const isSame = (a: Credential, b: Credential): boolean => a.kind === b.kind && secretOf(a) === secretOf(b);

/** A name that is free: another connector may have had a credential of the same one. */
function freeName(name: string, node: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  const suffix = node.replace(/[^A-Za-z0-9._-]/g, '-').slice(0, 24);
  for (let n = 1; ; n += 1) {
    const end = n === 1 ? `-${suffix}` : `-${suffix}-${n}`;
    const free = `${name.slice(0, LONGEST_NAME - end.length)}${end}`;
    if (!taken.has(free)) return free;
  }
}

/** Those that are missing in `all`, by names that are free there. */
function missing(own: readonly Credential[], all: readonly Credential[], node: string): readonly Credential[] {
  const taken = new Set(all.map(({ name }) => name));
  const added: Credential[] = [];
  for (const one of own) {
    if (all.some((other) => isSame(one, other))) continue;
    const name = freeName(one.name, node, taken);
    taken.add(name);
    added.push({ ...one, name });
  }
  return added;
}

/**
 * Brings the credentials of a state folder into the database, once: the file is called otherwise from then on.
 * @param node  what this connector is called, for a credential whose name another one has
 * @returns their names there @throws CredentialError the file cannot be read; unavailable
 */
export async function takeOverCredentials(
  database: Database,
  stateDir: string,
  node: string,
): Promise<readonly string[]> {
  const file = credentialFile(stateDir);
  if (!existsSync(file)) return [];
  return exclusively(file, async () => {
    if (!existsSync(file)) return [];
    let names: readonly string[] = [];
    await changeCredentials(database, { signal: AbortSignal.timeout(PATIENCE) }, (all, now) => {
      const own = readCredentials(file).filter((one) => !isLent(one) && !isExpired(one, now));
      const added = missing(own, all, node);
      names = added.map(({ name }) => name);
      return [...all, ...added];
    });
    renameSync(file, takenFile(stateDir));
    return names;
  });
}
