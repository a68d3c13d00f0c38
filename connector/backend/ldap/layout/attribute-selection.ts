import type { Entry } from '../directory/session.ts';
import { keyOf, type Row } from '../mapping/attribute-mapping.ts';
import { idToScim } from '../mapping/entry-id.ts';
import { activationAttributes } from './activation.ts';
import type { Branch } from './branch.ts';
import type { Selection } from './branch-search.ts';
import type { Tree } from './tree.ts';

/** The SCIM id of an entry. */
export const idOf = ({ profile: { id } }: Tree, { attributes }: Entry): string =>
  idToScim(id.format, attributes.get(keyOf(id.attribute))?.[0] ?? '');

/** `attributes` of entries of `branch`, and which of them hold bytes. */
export const selection = ({ profile }: Tree, { table }: Branch, attributes: readonly string[]): Selection => ({
  attributes: [...new Set(attributes)],
  binary: [
    ...(profile.id.format === 'guid' ? [profile.id.attribute] : []),
    ...table.rows.filter(({ syntax }) => syntax.name === 'binary').map(({ ldap }) => ldap),
  ],
});

/** Attributes of every entry of `branch` that carry a resource, or of `rows` of it, without members. */
export function entryAttributes(tree: Tree, { type, table }: Branch, rows: readonly Row[] = table.rows): string[] {
  const { profile, activation } = tree;
  const own = rows.filter(({ readable }) => readable).map(({ ldap }) => ldap);
  const fixed = [profile.id.attribute, profile.created, profile.lastModified, profile.version ?? ''];
  const active = type.isAccount ? activationAttributes(activation) : [];
  return [...new Set([...fixed, ...own, ...active])].filter((name) => name !== '');
}
