import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { SetUp } from '../../backend/module/set-up.ts';
import { SecretStore } from '../../secrets/secret-store.ts';
import { readIfPresent, writePrivate } from '../../state/private-file.ts';

export interface Additions extends Pick<SetUp, 'secrets' | 'files'> {
  /** What secrets are sealed with, where it is kept elsewhere. */
  readonly secretKey?: string | undefined;
}

/** Puts a file back as it was, or takes it away. */
function restorer(file: string): () => void {
  const text = readIfPresent(file);
  return () => {
    if (text === undefined) rmSync(file, { force: true });
    else writePrivate(file, text);
  };
}

/**
 * Adds what a new configuration is going to refer to; what a present one refers to stays as it is.
 * @returns puts everything back as it was @throws CredentialError
 */
export async function addToState(stateDir: string, { secrets, files, secretKey }: Additions): Promise<() => void> {
  const isNew = !existsSync(stateDir);
  const touched = ['secrets.json', 'secret.key'].map((name) => join(stateDir, name));
  const restore = [...touched, ...files.map(({ path }) => path)].map(restorer);
  const undo = (): void => {
    if (isNew) rmSync(stateDir, { recursive: true, force: true });
    else for (const one of restore) one();
  };
  try {
    for (const { path, text } of files) writePrivate(path, text);
    const store = new SecretStore(stateDir, process.env, secretKey);
    for (const { name, value } of secrets) await store.set(name, value);
    return undo;
  } catch (error) {
    undo();
    throw error;
  }
}
