/** Verifies signatures of minisign, so that no other program is needed. Format: jedisct1.github.io/minisign, "Signature format". */
import { createHash, createPublicKey, verify } from 'node:crypto';
import { CommandError } from '../../cli/command-error.ts';
import { EXIT } from '../../cli/exit-codes.ts';

/** RFC 8410 §4: what stands before the 32 bytes of an Ed25519 key. */
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

interface Key {
  readonly id: Buffer;
  readonly key: Buffer;
}

const refused = (why: string): CommandError => new CommandError(EXIT.secret, `${why}: nothing was changed`);

/** The last line that is no comment: a key file, or the key alone. */
function parseKey(text: string): Key {
  const line = text.trim().split(/\r?\n/).at(-1) ?? '';
  const bytes = Buffer.from(line, 'base64');
  if (bytes.length !== 42 || bytes.toString('latin1', 0, 2) !== 'Ed')
    throw refused('the public key is no minisign key');
  return { id: bytes.subarray(2, 10), key: bytes.subarray(10) };
}

const isSignedBy = ({ key }: Key, message: Buffer, signature: Buffer): boolean =>
  verify(
    null,
    message,
    createPublicKey({ key: Buffer.concat([SPKI_PREFIX, key]), format: 'der', type: 'spki' }),
    signature,
  );

/** @throws CommandError it is not the signature of `message` by that key */
export function verifyMinisign(message: Buffer, signatureFile: string, publicKey: string): void {
  const key = parseKey(publicKey);
  const [, line = '', comment = '', global = ''] = signatureFile.split(/\r?\n/);
  const bytes = Buffer.from(line, 'base64');
  const algorithm = bytes.toString('latin1', 0, 2);
  if (bytes.length !== 74 || !['Ed', 'ED'].includes(algorithm)) throw refused('the signature is no minisign signature');
  if (!bytes.subarray(2, 10).equals(key.id)) throw refused('the signature was made with another key');
  const signature = bytes.subarray(10);
  const signed = algorithm === 'ED' ? createHash('blake2b512').update(message).digest() : message;
  if (!isSignedBy(key, signed, signature)) throw refused('the signature does not fit: the checksums have been changed');
  // The trusted comment is covered by a signature of its own.
  const trusted = Buffer.from(comment.replace(/^trusted comment: /, ''));
  if (!isSignedBy(key, Buffer.concat([signature, trusted]), Buffer.from(global, 'base64')))
    throw refused("the signature's trusted comment has been changed");
}
