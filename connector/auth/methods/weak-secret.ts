import type { AuthSettings } from '../method.ts';
import type { SettingFault } from '../method-kind.ts';

/** Somebody who may try a few times a minute finds a shorter one. Unit: characters. */
const SHORTEST = 12;
/** From here on a random one cannot be found by trying. Unit: characters. */
const LONG = 16;
/** Fewer different characters than this are a pattern. */
const FEWEST_DIFFERENT = 5;

/** Words, perhaps with signs for letters, and numbers or signs behind them: what people choose. */
const WORD_AND_NUMBER = /^[\p{L}@$!0]+(?:[-_. ]\p{L}+)*[-_. \d]*[^\p{L}\d]{0,3}$/u;

const isOneOf = (text: string, known: readonly string[]): boolean => known.some((word) => word === text);

/** Whether lists of common passwords begin with it, or it stands in the configuration beside it. */
function isGuessable(secret: string, username: string): boolean {
  const bare = secret.toLowerCase().replaceAll(/[^\p{L}]/gu, '');
  return (
    new Set(secret).size < FEWEST_DIFFERENT ||
    (username !== '' && bare === username.toLowerCase().replaceAll(/[^\p{L}]/gu, '')) ||
    isOneOf(bare, [
      'password',
      'passwort',
      'secret',
      'changeme',
      'okta',
      'oktascim',
      'scim',
      'token',
      'administrator',
    ]) ||
    (secret.length < LONG && WORD_AND_NUMBER.test(secret))
  );
}

/** What is wrong with a secret that somebody chose; ours have 256 random bits. Never quotes it. */
export function* weakness(setting: 'token' | 'password', settings: AuthSettings): Generator<SettingFault> {
  const secret = settings[setting]?.reveal() ?? '';
  if (secret === '') return;
  const fix = 'use a random one, for example from: openssl rand -base64 24';
  // Warnings: what Okta holds already must not stop the service at its next start.
  if (secret.length < SHORTEST) yield { setting, text: `shorter than ${SHORTEST} characters; ${fix}`, warning: true };
  else if (isGuessable(secret, settings.username ?? ''))
    yield { setting, text: `easy to guess; ${fix}`, warning: true };
  else if (secret.length < LONG) yield { setting, text: `shorter than ${LONG} characters; ${fix}`, warning: true };
}
