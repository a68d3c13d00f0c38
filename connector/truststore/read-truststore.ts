import { readJks } from './jks.ts';
import { readPkcs12 } from './pkcs12/pkcs12.ts';
import type { Truststore } from './truststore.ts';
import { damaged, TruststoreError } from './truststore-error.ts';

/** That of every authority there is takes a twentieth. Unit: bytes. */
export const LARGEST = 4 * 1024 * 1024;

const JKS = 0xfe_ed_fe_ed;
const JCEKS = 0xce_ce_ce_ce;
/** The tag of a DER sequence. */
const SEQUENCE = 0x30;

/**
 * Reads a Java truststore of either format, which its first bytes tell.
 * @param password  undefined reads what Java reads without one, and checks nothing
 * @throws TruststoreError
 */
export function readTruststore(bytes: Buffer, password: string | undefined): Truststore {
  if (bytes.length > LARGEST) throw damaged(`larger than ${LARGEST} bytes`);
  if (bytes.length < 4) throw damaged('empty, or cut short');
  const magic = bytes.readUInt32BE(0);
  if (magic === JKS) return readJks(bytes, password);
  if (bytes[0] === SEQUENCE) return readPkcs12(bytes, password);
  throw new TruststoreError(
    'unsupported',
    magic === JCEKS
      ? 'is a JCEKS store, which holds keys: name a truststore of the format JKS or PKCS12'
      : 'is no Java truststore: neither JKS nor PKCS12',
  );
}
