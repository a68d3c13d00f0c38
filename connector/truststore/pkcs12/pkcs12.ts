/** PKCS #12 as Java keeps trusted certificates in it (RFC 7292), with a password or, from Java 18 on, without any. */
import { type RawEntry, type Truststore, trustedEntries } from '../truststore.ts';
import { damaged, TruststoreError } from '../truststore-error.ts';
import { type Bag, bagsIn, trustedAmong } from './bags.ts';
import { checkMac } from './check-mac.ts';
import { decrypt } from './decrypt.ts';
import { Der } from './der.ts';

/** PKCS #7 content types. */
const DATA = '1.2.840.113549.1.7.1';
const ENCRYPTED = '1.2.840.113549.1.7.6';
/** Java writes two at most. */
const MOST_PARTS = 16;

interface Part {
  readonly isEncrypted: boolean;
  readonly bags: readonly Bag[];
}

/** @param password  undefined leaves encrypted parts closed, as Java does */
function openPart(part: Der, password: string | undefined): Part {
  const type = part.get(0).oid;
  const content = part.get(1).get(0);
  if (type === DATA) return { isEncrypted: false, bags: bagsIn(Der.parse(content.octets)) };
  if (type !== ENCRYPTED)
    throw new TruststoreError('unsupported', `has a part of the kind ${type}, which is not known here`);
  if (password === undefined) return { isEncrypted: true, bags: [] };
  const sealed = content.get(1);
  const bytes = decrypt(sealed.get(1), sealed.get(2).octets, password);
  return { isEncrypted: true, bags: bagsIn(Der.parse(bytes)) };
}

function read(bytes: Buffer, password: string | undefined): Truststore {
  const pfx = Der.parse(bytes);
  const safe = pfx.get(1);
  if (safe.get(0).oid !== DATA) throw new TruststoreError('unsupported', 'is signed with a key: Java makes none such');
  const content = safe.get(1).get(0).octets;
  if (password !== undefined && pfx.has(2)) checkMac(pfx.get(2), content, password);
  const sealed = Der.parse(content).children;
  if (sealed.length > MOST_PARTS) throw damaged(`${sealed.length} parts`);
  const parts = sealed.map((part) => openPart(part, password));
  const bags = parts.flatMap((part) => part.bags);
  const raw = trustedAmong(bags).flatMap(({ alias, certificate: der }, index): readonly RawEntry[] =>
    der === undefined ? [] : [{ alias: alias ?? String(index + 1), bytes: der }],
  );
  const entries = trustedEntries(raw);
  return {
    format: 'PKCS12',
    entries,
    passedOver: bags.filter(({ certificate }) => certificate !== undefined).length - entries.length,
    isOpen: !parts.some(({ isEncrypted }) => isEncrypted),
  };
}

/** @throws TruststoreError */
export function readPkcs12(bytes: Buffer, password: string | undefined): Truststore {
  try {
    return read(bytes, password);
  } catch (cause) {
    if (cause instanceof TruststoreError) throw cause;
    // The decoder has errors of its own for some of what is no ASN.1.
    throw damaged('not to be decoded', { cause });
  }
}
