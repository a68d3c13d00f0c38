import type { Json } from '../json.ts';
import type { Failure } from '../protocol.ts';
import { toldText } from '../told-text.ts';
import { CORE_URN } from './urns.ts';

/** Codes of Okta's own SDK (docs/okta-agent.md, Errors); what has none counts as "invalid SCIM" or a fault. */
const SDK_CODES: Readonly<Record<number, string>> = {
  400: 'E0000050',
  404: 'E0000048',
  // The SDK's own server answers 501 to every route it does not have.
  405: 'E0000052',
  409: 'E0000055',
  500: 'E0000049',
  501: 'E0000052',
};

const internalCode = (status: number, reason: string): string => {
  if (reason === 'invalidFilter') return 'E0000053';
  if (reason === 'invalidPaging') return 'E0000054';
  return SDK_CODES[status] ?? (status < 500 ? 'E0000050' : 'E0000049');
};

/**
 * The three shapes that are asked for, in one (docs/okta-agent.md, Errors): SCIM 1.1's `Errors`, the suite's `detail`,
 * the SDK's `errors`. Okta pastes the raw body into its task text, hence one short line.
 */
export function encodeError({ status, reason, message, reference }: Failure): Json {
  const description = toldText(message, reference);
  return {
    schemas: [CORE_URN],
    Errors: [{ description, code: String(status) }],
    detail: description,
    // Clients that read names without case take this list for the one above: hence `code` here too.
    errors: [{ statusCode: status, code: String(status), internalCode: internalCode(status, reason), description }],
  };
}
