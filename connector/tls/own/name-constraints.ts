/** X.509 name constraints (RFC 5280 §4.2.1.10), permitted DNS names and addresses only. */
import type { Subtree } from './subtrees.ts';

export const NAME_CONSTRAINTS = '2.5.29.30';

/** The DER value of the extension. */
export async function encodeConstraints(subtrees: readonly Subtree[]): Promise<ArrayBuffer> {
  const { AsnConvert, GeneralName, GeneralSubtree, GeneralSubtrees, NameConstraints } = await library();
  const permitted = subtrees.map((tree) => {
    const base = new GeneralName(tree.includes('/') ? { iPAddress: tree } : { dNSName: tree });
    return new GeneralSubtree({ base });
  });
  return AsnConvert.serialize(new NameConstraints({ permittedSubtrees: new GeneralSubtrees(permitted) }));
}

/** The subtrees of a value as `encodeConstraints` makes them. */
export async function decodeConstraints(value: ArrayBuffer): Promise<Subtree[] | undefined> {
  const { AsnConvert, NameConstraints } = await library();
  const { permittedSubtrees } = AsnConvert.parse(value, NameConstraints);
  return permittedSubtrees?.map(({ base }) => base.dNSName ?? base.iPAddress ?? '');
}

/** What the authority `certificate` (DER) may sign for; undefined when it may sign for anything. */
export async function constraintsOf(certificate: Uint8Array): Promise<Subtree[] | undefined> {
  const { AsnConvert, Certificate } = await library();
  const { extensions } = AsnConvert.parse(certificate, Certificate).tbsCertificate;
  const value = extensions?.find(({ extnID }) => extnID === NAME_CONSTRAINTS)?.extnValue;
  return value && decodeConstraints(value.buffer);
}

/** Loaded when it is needed: a server with a customer's certificate never does. */
async function library() {
  const [schema, x509] = await Promise.all([import('@peculiar/asn1-schema'), import('@peculiar/asn1-x509')]);
  return { ...schema, ...x509 };
}
