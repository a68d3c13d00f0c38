import { Secret } from '../../secrets/secret.ts';
import { decodeText, oneLine } from '../../text/decode-text.ts';
import { readNamedFile } from '../../text/read-named-file.ts';
import { TextError } from '../../text/text-error.ts';
import { isSecret } from '../schema/settings.ts';
import type { SecretReference } from '../vocabulary/scalars.ts';
import type { Problem } from './problem.ts';
import type { SettingSources } from './setting-sources.ts';

/** Looks `name` up in the secret store that lies in `stateDir`; `undefined` when it holds no such secret. */
export type ResolveSecret = (name: string, stateDir: string) => string | undefined | Promise<string | undefined>;

interface Stores {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stateDir: string;
  readonly resolveSecret: ResolveSecret | undefined;
}

class Unavailable extends Error {}

function fromFile(file: string): string {
  try {
    return decodeText(readNamedFile(file), file);
  } catch (error) {
    if (error instanceof TextError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw new Unavailable(`the secret's file ${file} cannot be read (${code ?? 'unknown reason'})`, { cause: error });
  }
}

async function fetch(reference: SecretReference, { env, stateDir, resolveSecret }: Stores): Promise<string> {
  const { env: variable, file, secret: name } = reference;
  if (variable !== undefined) {
    const text = env[variable];
    if (text === undefined) throw new Unavailable(`the environment variable ${variable} is not set`);
    return text;
  }
  if (file !== undefined) return fromFile(file);
  const text = name === undefined ? undefined : await resolveSecret?.(name, stateDir);
  if (text === undefined)
    throw new Unavailable(`there is no secret ${JSON.stringify(name)}; make it with: secret set ${name}`);
  return text;
}

function originOf({ env, file, secret }: SecretReference): string {
  if (env !== undefined) return `the environment variable ${env}`;
  if (file !== undefined) return `the file ${file}`;
  return `the secret store (secret set ${secret})`;
}

export interface Secrets {
  readonly at: (path: readonly string[]) => Secret | undefined;
  readonly problems: readonly Problem[];
}

/** Fetches every secret that `layers` refers to. */
export async function resolveSecrets(layers: SettingSources, stores: Stores): Promise<Secrets> {
  const found = new Map<string, Secret>();
  const problems: Problem[] = [];
  for (const { path, node, value } of layers.leaves()) {
    if (!isSecret(node)) continue;
    const reference = value as SecretReference;
    const file = reference.file === undefined ? {} : { file: layers.absolute(path, reference.file) };
    try {
      const given = await fetch({ ...reference, ...file }, stores);
      const text = oneLine(given, originOf(reference));
      if (text === '') throw new Unavailable('the secret is empty');
      found.set(path.join('.'), new Secret(text, originOf({ ...reference, ...file })));
    } catch (error) {
      if (!(error instanceof Unavailable) && !(error instanceof TextError)) throw error;
      problems.push({ origin: layers.origin(path), path, text: error.message });
    }
  }
  return { at: (path) => found.get(path.join('.')), problems };
}
