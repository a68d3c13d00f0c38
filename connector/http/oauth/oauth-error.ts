import { GrantRefused } from '../../auth/oauth/grant-refused.ts';
import type { Json } from '../../protocol/json.ts';
import type { Failure } from '../../protocol/protocol.ts';
import { toldText } from '../../protocol/told-text.ts';

/** RFC 6749 Appendix A.8: what an `error_description` may hold. */
const printable = (text: string): string =>
  text
    .replaceAll('"', "'")
    .replaceAll('…', '...')
    .replace(/[^\x20-\x7e]|\\/g, '?');

function codeOf(error: unknown, status: number): string {
  if (error instanceof GrantRefused) return error.code;
  if (status === 500) return 'server_error';
  return status === 429 || status === 503 ? 'temporarily_unavailable' : 'invalid_request';
}

/** The body of RFC 6749 §5.2 for what came of a request for a token. */
export const oauthError =
  (error: unknown) =>
  ({ status, message, reference }: Failure): Json => ({
    error: codeOf(error, status),
    error_description: printable(toldText(message, reference)),
  });
