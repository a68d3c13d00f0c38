import type { Scalar } from '../../scim/resource.ts';
import { invalid } from './invalid.ts';

interface Format {
  readonly accepts: RegExp;
  readonly expected: string;
}

const language: Format = { accepts: /^[a-z]{2,3}([_-][A-Z]{2})?$/i, expected: 'a language such as "en_US"' };

/** SCIM 1.1 Core §6: forms that the text demands and its own examples break, hence asked for in strict mode alone. */
const FORMATS: ReadonlyMap<string, Format> = new Map([
  ['country', { accepts: /^[A-Z]{2}$/i, expected: 'a two-letter ISO 3166-1 code such as "US"' }],
  ['profileUrl', { accepts: /^https?:\/\/\S+$/i, expected: 'a whole URL such as "https://example.com/ana"' }],
  ['preferredLanguage', language],
  ['locale', language],
]);

/** That RFC 7643 demands too (§4.1.2); its languages may be lists with weights, and its references relative. */
const STILL_ASKED: ReadonlySet<string> = new Set(['country']);

/**
 * @param name  of a core attribute or sub-attribute
 * @param isNewer  by SCIM 2.0
 * @throws invalidValue naming `path` and what it should look like
 */
export function checkFormat(name: string, value: Scalar, path: string, isNewer = false): void {
  const format = isNewer && !STILL_ASKED.has(name) ? undefined : FORMATS.get(name);
  if (format && !format.accepts.test(String(value))) throw invalid(`${path} must be ${format.expected}`);
}
