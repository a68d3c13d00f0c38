import type { FaultCode } from '../scim/fault-code.ts';
import { areas } from './catalogue.ts';
import type { PastedText } from './pasted-text.ts';

/** What somebody is called may read like an error. */
const withoutValues = (text: string): string => text.replace(/"[^"]*"/g, '"…"');

function match(text: string): FaultCode | undefined {
  for (const { faults } of areas) {
    for (const [code, { patterns }] of faults) if (patterns.some((pattern) => pattern.test(text))) return code;
  }
  return undefined;
}

/** Which fault a text is of. First what the connector said counts, then the whole. @returns `undefined` where none is known */
export function recognise({ said, text }: PastedText): FaultCode | undefined {
  const words = said ?? text;
  return match(withoutValues(words)) ?? match(words) ?? match(text);
}

/** What a status alone may mean: the texts of Okta and of proxies may hold no more. */
const BY_STATUS: Readonly<Record<number, readonly FaultCode[]>> = {
  400: ['value-of-wrong-kind', 'value-refused-by-schema', 'filter-invalid', 'member-unknown', 'password-refused'],
  401: ['token-unknown', 'credential-missing', 'token-expired', 'credential-of-wrong-kind'],
  403: [
    'directory-access-denied',
    'connector-read-only',
    'too-many-members-removed',
    'held-change-rejected',
    'entry-protected',
  ],
  404: ['id-unknown', 'base-url-version', 'path-unknown'],
  409: ['user-name-taken', 'value-taken'],
  413: ['body-too-large'],
  429: [
    'changes-held',
    'directory-unreachable',
    'directory-silent',
    'database-locked',
    'attempts-too-many',
    'large-requests-wait',
  ],
  500: ['internal-error'],
  501: ['feature-off'],
  503: ['directory-bind-refused', 'directory-size-limit', 'database-disk-full', 'database-read-only', 'too-slow'],
};

/** Faults that answer with that status, the likeliest first. */
export const possibleAt = (status: number | undefined): readonly FaultCode[] =>
  (status === undefined ? undefined : BY_STATUS[status]) ?? [];
