/** What a request says about who sends it. */

/** A password as the client may have meant it: RFC 7617 leaves the character set open. */
export interface BasicLogin {
  readonly username: string;
  readonly password: string;
}

/** The first word of an `Authorization` value if it can be a scheme, else undefined. */
export const schemeOf = (value: string): string | undefined => /^([A-Za-z][\w-]*)(?:\s+|$)/.exec(value)?.[1];

export interface PresentedToken {
  /** With and without a leading `Bearer`: the word may belong to the token. */
  readonly candidates: readonly string[];
  readonly hasBearer: boolean;
}

export function presentedToken(value: string): PresentedToken {
  const token = /^bearer\s+(.+)$/i.exec(value)?.[1];
  return token === undefined
    ? { candidates: [value], hasBearer: /^bearer$/i.test(value) }
    : { candidates: [token, value], hasBearer: true };
}

/** The flaw, in words for the person who set it up, when it cannot be read. */
export function presentedLogin(value: string): BasicLogin | string {
  const encoded = /^basic\s+(\S+)$/i.exec(value)?.[1];
  if (encoded === undefined) return 'the word Basic is not followed by credentials';
  if (!/^[\w+/-]+={0,2}$/.test(encoded)) return 'the Basic credentials are not valid base64';
  const text = decodeText(Buffer.from(encoded, 'base64'));
  const colon = text.indexOf(':');
  if (colon < 0) return 'the Basic credentials hold no colon between user name and password';
  return { username: text.slice(0, colon), password: text.slice(colon + 1) };
}

function decodeText(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).normalize('NFC');
  } catch {
    // Java clients before charset="UTF-8" was heard of.
    return bytes.toString('latin1').normalize('NFC');
  }
}
