import type { Payload } from '../payload.ts';

/** Takes one finding: a sentence that names the key and what Okta would make of it. */
export type Report = (finding: string) => void;

/** One version of SCIM as clients know it: where they ask, what they name, which keys their parsers take. */
export interface Speech {
  readonly version: '1.1' | '2.0';
  /** Last segment of the base URL. */
  readonly segment: 'v1' | 'v2';
  /** What is asked on Test. */
  readonly configuration: string;
  readonly mediaType: string;
  readonly urns: Readonly<Record<'user' | 'group' | 'enterprise' | 'list', string>>;
  /** At the top of a user, of a group, in `meta`, and in an element of a list. */
  readonly keys: Readonly<Record<'user' | 'group' | 'meta' | 'value', readonly string[]>>;
  /** An error's body. */
  judgeErrorBody(body: Payload, status: number, report: Report): void;
}
