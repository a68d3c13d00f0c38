export interface BasicLogin {
  readonly username: string;
  readonly password: string;
}

/** Reads the value of an `Authorization` header. The flaw, in words for the person who set it up, when it cannot. */
export function parseBasicLogin(value: string): BasicLogin | string {
  const encoded = /^basic\s+(\S+)$/i.exec(value)?.[1];
  if (encoded === undefined) return 'the word Basic is not followed by credentials';
  if (!/^[\w+/-]+={0,2}$/.test(encoded)) return 'the Basic credentials are not valid base64';
  const text = decodeText(Buffer.from(encoded, 'base64'));
  const colon = text.indexOf(':');
  if (colon < 0) return 'the Basic credentials hold no colon between user name and password';
  return { username: text.slice(0, colon), password: text.slice(colon + 1) };
}

/** As the client may have meant it: RFC 7617 leaves the character set open. */
function decodeText(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).normalize('NFC');
  } catch {
    // Java clients before charset="UTF-8" was heard of.
    return bytes.toString('latin1').normalize('NFC');
  }
}
