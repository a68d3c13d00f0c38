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

/**
 * @param name  of a core attribute or sub-attribute
 * @throws invalidValue naming `path` and what it should look like
 */
export function checkFormat(name: string, value: Scalar, path: string): void {
  const format = FORMATS.get(name);
  if (format && !format.accepts.test(String(value))) throw invalid(`${path} must be ${format.expected}`);
}
