/**
 * Java's own format of key stores (`sun.security.provider.JavaKeyStore`), in which truststores were made before Java 18.
 * Certificates in it are not encrypted; a digest over everything shows a wrong password, or damage.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { ByteReader } from './byte-reader.ts';
import { type RawEntry, type Truststore, trustedEntries } from './truststore.ts';
import { damaged, wrongPassword } from './truststore-error.ts';

const KEY = 1;
const CERTIFICATE = 2;
/** Length of the digest at the end. Unit: bytes. */
const DIGEST = 20;
const WHITENER = 'Mighty Aphrodite';
/** Of a store that names more, every entry is of a few bytes only. */
const MOST = 20_000;

/** As Java mixes the password with the bytes: two for each character. */
function digestOf(bytes: Buffer, password: string): Buffer {
  return createHash('sha1').update(Buffer.from(password, 'utf16le').swap16()).update(WHITENER).update(bytes).digest();
}

function certificateIn(reader: ByteReader, version: number): Buffer {
  if (version === 2) reader.utf();
  return reader.take(reader.int());
}

/** The first certificate of a key counts as trusted too (`sun.security.validator.TrustStoreUtil`). */
function firstOfChain(reader: ByteReader, version: number): Buffer | undefined {
  reader.take(reader.int());
  const chain = Array.from({ length: Math.min(reader.int(), MOST) }, () => certificateIn(reader, version));
  return chain[0];
}

function entryIn(reader: ByteReader, version: number): RawEntry | undefined {
  const tag = reader.int();
  const alias = reader.utf();
  reader.take(8);
  if (tag !== KEY && tag !== CERTIFICATE) throw damaged(`an entry of kind ${tag}`);
  const bytes = tag === CERTIFICATE ? certificateIn(reader, version) : firstOfChain(reader, version);
  return bytes && { alias, bytes };
}

/** @throws TruststoreError */
export function readJks(bytes: Buffer, password: string | undefined): Truststore {
  const content = bytes.subarray(0, -DIGEST);
  const reader = new ByteReader(content);
  reader.take(4);
  const version = reader.int();
  if (version !== 1 && version !== 2) throw damaged(`version ${version}`);
  const count = reader.int();
  if (count > MOST) throw damaged(`${count} entries`);
  const raw = Array.from({ length: count }, () => entryIn(reader, version)).filter((entry) => entry !== undefined);
  if (!reader.isAtEnd) throw damaged('bytes behind the last entry');
  if (password !== undefined && !timingSafeEqual(digestOf(content, password), bytes.subarray(-DIGEST)))
    throw wrongPassword();
  const entries = trustedEntries(raw);
  return { format: 'JKS', entries, passedOver: count - entries.length, isOpen: true };
}
