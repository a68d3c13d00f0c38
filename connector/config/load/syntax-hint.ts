import { codePoint } from '../../text/decode-text.ts';
import { isSecret, settings } from '../schema/settings.ts';

/** `key = "…\…"`, the way paths and `DOMAIN\user` are typed first. */
const WITH_BACKSLASH = /^\s*([\w.-]+)\s*=\s*"([^"]*\\[^"]*)"/;
const QUOTES = /[\u2018-\u201f\u00ab\u00bb]/;

const maySecret = (key: string): boolean =>
  settings().some(({ path, node }) => isSecret(node) && path.at(-1) === key.split('.').at(-1));

/** What to write instead of a backslash that was meant as one. @param value  as typed; absent: it is not for showing */
export function backslashHint(key: string, value: string | undefined): string {
  const show = value !== undefined && !maySecret(key) && !value.includes("'");
  return `in "double" quotes a backslash begins an escape; ${show ? `write ${key} = '${value}'` : "use 'single' ones"}`;
}

/** The fix for text that is no TOML, to end a message with. @param column  from 0 */
export function syntaxHint(line: string, column: number, message: string): string {
  const [, key, value] = WITH_BACKSLASH.exec(line) ?? [];
  if (key !== undefined && /escape|unterminated/i.test(message)) return `: ${backslashHint(key, value)}`;
  if (/escape/i.test(message)) return `: ${backslashHint('', undefined)}`;
  if (!/^(Unexpected character|Must be a newline)/i.test(message)) return '';
  const character = String.fromCodePoint(line.codePointAt(column) ?? 0);
  if (QUOTES.test(character)) return ` ${character}; type plain quotes`;
  if (/[^\p{ASCII}\p{L}]/u.test(character)) return ` ${codePoint(character)}, as text from web pages has; type it anew`;
  return "; texts stand in quotes, paths and DNs in 'single' ones";
}
