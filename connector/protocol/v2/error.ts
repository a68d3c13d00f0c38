import type { Json } from '../json.ts';
import type { Failure } from '../protocol.ts';
import { toldText } from '../told-text.ts';
import { ERROR_URN, inOwnNames } from './urns.ts';

/** Words of RFC 7644 §3.12 and RFC 9865 §2; those that it does not have are nobody's business. */
const SCIM_TYPES: Readonly<Record<string, string>> = {
  invalidSyntax: 'invalidSyntax',
  invalidFilter: 'invalidFilter',
  invalidPaging: 'invalidValue',
  invalidPath: 'invalidPath',
  noTarget: 'noTarget',
  invalidCursor: 'invalidCursor',
  expiredCursor: 'expiredCursor',
  invalidCount: 'invalidCount',
  invalidValue: 'invalidValue',
  mutability: 'mutability',
  tooMany: 'tooMany',
  uniqueness: 'uniqueness',
};

/** One shape, and nothing beside it (RFC 7644 §3.12). `status` is text. */
export function errorBody(status: number, reason: string, detail: string): Json {
  const scimType = SCIM_TYPES[reason];
  return {
    schemas: [ERROR_URN],
    status: String(status),
    ...(scimType === undefined ? {} : { scimType }),
    detail: inOwnNames(detail),
  };
}

export const encodeError = ({ status, reason, message, reference }: Failure): Json =>
  errorBody(status, reason, toldText(inOwnNames(message), reference));
