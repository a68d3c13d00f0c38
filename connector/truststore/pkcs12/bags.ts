import { damaged } from '../truststore-error.ts';
import type { Der } from './der.ts';

/** RFC 7292 §4.2. */
const BAG = '1.2.840.113549.1.12.10.1.';
const KEY = `${BAG}1`;
const SHROUDED_KEY = `${BAG}2`;
const CERTIFICATE = `${BAG}3`;
const X509 = '1.2.840.113549.1.9.22.1';

/** Attributes: PKCS #9, and Java's own that says for what a certificate is trusted. */
const FRIENDLY_NAME = '1.2.840.113549.1.9.20';
const LOCAL_KEY_ID = '1.2.840.113549.1.9.21';
const TRUSTED_USAGE = '2.16.840.1.113894.746875.1.1';

const MOST = 20_000;

export interface Bag {
  readonly isKey: boolean;
  readonly alias: string | undefined;
  /** DER of an X.509 certificate. */
  readonly certificate: Buffer | undefined;
  readonly isMarkedTrusted: boolean;
  /** Of a key, and of its certificate. */
  readonly keyId: string | undefined;
}

function certificateIn(value: Der): Buffer | undefined {
  return value.get(0).oid === X509 ? value.get(1).get(0).octets : undefined;
}

function bagOf(bag: Der): Bag {
  const type = bag.get(0).oid;
  const attributes = bag.has(2) ? bag.get(2).children : [];
  const firstOf = (oid: string): Der | undefined => {
    const attribute = attributes.find((one) => one.get(0).oid === oid);
    return attribute?.get(1).children[0];
  };
  return {
    isKey: type === KEY || type === SHROUDED_KEY,
    // Java knows no upper case in an alias.
    alias: firstOf(FRIENDLY_NAME)?.text.toLowerCase(),
    certificate: type === CERTIFICATE ? certificateIn(bag.get(1).get(0)) : undefined,
    isMarkedTrusted: attributes.some((one) => one.get(0).oid === TRUSTED_USAGE),
    keyId: firstOf(LOCAL_KEY_ID)?.octets.toString('hex'),
  };
}

/** @param contents  SafeContents @throws TruststoreError */
export function bagsIn(contents: Der): readonly Bag[] {
  const bags = contents.children;
  if (bags.length > MOST) throw damaged(`${bags.length} entries`);
  return bags.map(bagOf);
}

/** Java trusts what it has marked so, and the certificate of a key in the store; not what another program put in. */
export function trustedAmong(bags: readonly Bag[]): readonly Bag[] {
  const keys = new Set(bags.filter(({ isKey }) => isKey).map(({ keyId }) => keyId));
  return bags.filter(({ isMarkedTrusted, keyId }) => isMarkedTrusted || (keyId !== undefined && keys.has(keyId)));
}
