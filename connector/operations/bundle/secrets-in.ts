import type { Config } from '../../config/config.ts';
import { Secret } from '../../secrets/secret.ts';

/** What a secret looks like where somebody has written it in another way. */
const spellings = (text: string): readonly string[] => [
  text,
  encodeURIComponent(text),
  Buffer.from(text).toString('base64').replace(/=+$/, ''),
  Buffer.from(text).toString('base64url'),
  Buffer.from(text).toString('hex'),
  Buffer.from(text).toString('hex').toUpperCase(),
];

function* secrets(value: unknown): Generator<string> {
  if (value instanceof Secret) yield value.reveal();
  else if (typeof value === 'object' && value !== null) for (const item of Object.values(value)) yield* secrets(item);
}

/** All secrets of a configuration in force, so that nothing of them is left in any text. */
export const secretsIn = (config: Config | undefined): readonly string[] => [
  ...new Set([...secrets(config)].flatMap((secret) => [...secret.split(/\s*\n\s*/), secret]).flatMap(spellings)),
];
