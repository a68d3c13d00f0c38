import { ScimError } from '../../scim/error.ts';
import type { Parameters } from '../parameters.ts';
import { SEARCH_URN } from './urns.ts';

const wrong = (text: string): ScimError => new ScimError('invalidSyntax', text, { fault: 'value-of-wrong-kind' });

type Read = (name: string, value: unknown) => string;

const text: Read = (name, value) => {
  if (typeof value !== 'string') throw wrong(`${name} must be text`);
  return value;
};

const number: Read = (name, value) => {
  if (typeof value !== 'number') throw wrong(`${name} must be a whole number`);
  return String(value);
};

/** Some clients send one text with commas, as in a URL. */
const names: Read = (name, value) => {
  const list = typeof value === 'string' ? [value] : value;
  if (!Array.isArray(list) || !list.every((one) => typeof one === 'string'))
    throw wrong(`${name} must be a list of names`);
  return list.join(',');
};

/** What a list can be asked for with. */
const READERS: ReadonlyMap<string, readonly [name: string, read: Read]> = new Map(
  (
    [
      ['attributes', names],
      ['excludedAttributes', names],
      ['filter', text],
      ['sortBy', text],
      ['sortOrder', text],
      ['startIndex', number],
      ['count', number],
      ['cursor', text],
    ] as const
  ).map((one) => [one[0].toLowerCase(), one]),
);

/**
 * The parameters of a list that is asked for by POST (RFC 7644 §3.4.3): those of the equal GET, without its limit on
 * length and without its place in logs. What else is in the body is ignored.
 * @throws invalidSyntax
 */
export function searchParameters(body: object): Parameters {
  const parameters = new Map<string, string>();
  let schemas: unknown;
  for (const [key, value] of Object.entries(body)) {
    const name = key.toLowerCase();
    if (name === 'schemas') schemas = value;
    const reader = READERS.get(name);
    if (!reader || value === null) continue;
    const [shown, read] = reader;
    if (parameters.has(name)) throw wrong(`${shown} is there twice`);
    parameters.set(name, read(shown, value));
  }
  const urns: readonly unknown[] = [schemas].flat();
  if (!urns.some((urn) => typeof urn === 'string' && urn.toLowerCase() === SEARCH_URN.toLowerCase()))
    throw wrong(`schemas must name ${SEARCH_URN}`);
  return parameters;
}
