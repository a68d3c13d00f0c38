import { randomUUID } from 'node:crypto';
import { LdapFailure } from '../directory/ldap-failure.ts';
import { RESULT } from '../directory/result-code.ts';
import type { Directory, Modification } from '../directory/session.ts';
import type { Branch } from '../layout/branch.ts';
import type { Tree } from '../layout/tree.ts';
import { typeOf } from './attribute-type.ts';

/** What a refused request says of the account's rights. */
export type Proof = 'allowed' | 'denied' | { readonly code: number | undefined };

/** The outcome of a request that cannot succeed. @param proofs  codes that only somebody with the right gets */
export async function proofOf(request: Promise<unknown>, proofs: readonly number[]): Promise<Proof> {
  try {
    await request;
    return 'allowed';
  } catch (error) {
    if (!(error instanceof LdapFailure)) throw error;
    const { code } = error;
    if (code === RESULT.insufficientAccessRights) return 'denied';
    return code !== undefined && proofs.includes(code) ? 'allowed' : { code };
  }
}

/** Directory String and IA5 String (RFC 4517 §3.3): any plain word is of them. */
const WORDS = /^1\.3\.6\.1\.4\.1\.1466\.115\.121\.1\.(15|26)\b/;

/** Attributes that the mapping writes and that hold text. */
export function writtenAttributes({ schema }: Tree, { table, rdn }: Branch): readonly string[] {
  const named = typeOf(rdn.attribute);
  const names = table.rows
    .filter(({ writable, syntax, ldap }) => writable !== 'never' && syntax.name === 'string' && typeOf(ldap) !== named)
    .map(({ ldap }) => ldap)
    .filter((ldap) => WORDS.test(schema.get(typeOf(ldap))?.syntax ?? ''));
  return [...new Set(names)];
}

/**
 * Takes away a value that nobody has: who may write is told that it is not there (noSuchAttribute), and others that
 * they may not. Nothing can come of it, whatever the server makes of it (docs/directories.md, Write access).
 */
export function changeProof(
  directory: Directory,
  signal: AbortSignal,
  dn: string,
  attributes: readonly string[],
): Promise<Proof> {
  const nobodys = randomUUID();
  const changes = attributes.map((attribute): Modification => ({ operation: 'delete', attribute, values: [nobodys] }));
  return proofOf(
    directory.write(signal, (session) => session.modify(dn, changes)),
    [RESULT.noSuchAttribute],
  );
}
