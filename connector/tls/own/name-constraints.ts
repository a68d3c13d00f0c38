/**
 * X.509 name constraints (RFC 5280 §4.2.1.10), permitted DNS names and addresses only. A kind of name of which nothing is
 * permitted is not limited at all, and not all clients read an empty exclusion as everything: so e-mail addresses and URIs
 * are permitted in a domain that nobody can have (RFC 2606 §2).
 */
import type { Subtree } from './subtrees.ts';

export const NAME_CONSTRAINTS = '2.5.29.30';

const NOBODYS = 'invalid';

/** The DER value of the extension. */
export async function encodeConstraints(subtrees: readonly Subtree[]): Promise<ArrayBuffer> {
  const { AsnConvert, GeneralName, GeneralSubtree, GeneralSubtrees, NameConstraints } = await library();
  const names = [
    ...subtrees.map((tree) => (tree.includes('/') ? { iPAddress: tree } : { dNSName: tree })),
    { rfc822Name: NOBODYS },
    { uniformResourceIdentifier: NOBODYS },
  ];
  const permitted = names.map((name) => new GeneralSubtree({ base: new GeneralName(name) }));
  return AsnConvert.serialize(new NameConstraints({ permittedSubtrees: new GeneralSubtrees(permitted) }));
}

/** The subtrees of a value as `encodeConstraints` makes them. */
export async function decodeConstraints(value: ArrayBuffer): Promise<Subtree[] | undefined> {
  const { AsnConvert, NameConstraints } = await library();
  const { permittedSubtrees } = AsnConvert.parse(value, NameConstraints);
  return permittedSubtrees?.flatMap(({ base }) => base.dNSName ?? base.iPAddress ?? []);
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
