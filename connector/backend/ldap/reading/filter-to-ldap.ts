import { type Comparison, type Filter, foldFilter, type Literal } from '../../../scim/filter/ast.ts';
import type { Attribute } from '../../../scim/schema/attribute.ts';
import { holderOf } from '../../../scim/schema/entitlement.ts';
import { type BoundPath, findExtension, isWholeExtension } from '../../../scim/schema/resource-type.ts';
import { fold } from '../../../scim/text.ts';
import { anyOf, equals, present, type Test } from '../directory/filter.ts';
import { activationFilter } from '../layout/activation.ts';
import type { Branch } from '../layout/branch.ts';
import type { Profile } from '../layout/profile.ts';
import type { Tree } from '../layout/tree.ts';
import { type Row, rowsFor } from '../mapping/attribute-mapping.ts';
import { idToLdap } from '../mapping/entry-id.ts';
import { memberValue } from '../references/members.ts';
import { meantBy, type Reference } from '../references/reference.ts';
import { rowToLdap } from './row-to-ldap.ts';
import { any, everything, many, nothing, type Superset } from './superset.ts';
import { timeRange } from './time-range.ts';
import { comparison, connectives, type Translation } from './translation.ts';

/** Where a filter is evaluated. */
interface Scope {
  readonly tree: Tree;
  readonly branch: Branch;
  /** The entries behind the ids in the filter. */
  readonly known: ReadonlyMap<string, Reference>;
  /** The `type` that an element of a list is to have, where the mapping knows types by its lines. */
  readonly label?: string;
}

/** A filter in the directory's terms, and what of it remains to be judged here. */
export const filterToLdap = (scope: Scope, filter: Filter<BoundPath>): Translation =>
  foldFilter<BoundPath, Translation>(filter, {
    ...connectives,
    // Whoever has the element has each of its parts.
    some: (path, inner) => {
      const parts = filterToLdap(withLabel(scope, path.attribute, inner), inner).accepted;
      return comparison({ kind: 'some', path, filter: inner }, { test: parts.test, selective: parts.selective });
    },
    present: (path) => comparison({ kind: 'present', path }, isPresent(scope, path)),
    compare: (path, op, value) => {
      const asked: Filter<BoundPath> = { kind: 'compare', path, op, value };
      return path.extension === undefined && path.attribute.name === 'active' && typeof value === 'boolean'
        ? comparison(asked, active(scope, value), active(scope, !value))
        : comparison(asked, compare(scope, path, op, value));
    },
  });

const active = ({ tree }: Scope, value: boolean): Superset => many(activationFilter(tree.activation, value));

/** Whether groups outside of the person's entry say what is there. */
const isGiven = ({ entitlements }: Tree, { attribute, extension }: BoundPath): boolean =>
  extension === undefined && attribute.assigned && entitlements.some(({ type }) => holderOf(type) === attribute.name);

function isPresent(scope: Scope, path: BoundPath): Superset {
  const { tree } = scope;
  if (isGiven(tree, path)) return everything;
  if (path.extension === undefined) {
    const { name } = path.attribute;
    if (name === 'id' || name === 'meta' || name === 'active' || name === 'groups') return everything;
    if (name === 'members') return many(present(tree.membership.attribute));
  }
  return many(anyOf(rowsOf(scope, path).map(({ ldap }) => present(ldap))));
}

function compare(scope: Scope, path: BoundPath, op: Comparison, value: Literal): Superset {
  const { tree, known } = scope;
  if (isGiven(tree, path)) return everything;
  if (path.extension === undefined) {
    switch (path.attribute.name) {
      case 'id':
        return id(tree.profile, op, value);
      case 'meta':
        return many(time(tree.profile, path, op, value));
      case 'active':
      case 'groups':
        return everything;
      case 'members':
        return member(scope, path, op, value);
    }
  }
  const rows = rowsOf(scope, path);
  if (rows.length === 0) return nothing;
  return any(rows.map((row) => rowToLdap(tree, known, row, path, op, value)));
}

function id({ id: { attribute, format } }: Profile, op: Comparison, value: Literal): Superset {
  if (op !== 'eq') return everything;
  const wanted = idToLdap(format, String(value));
  return wanted === undefined ? nothing : { test: equals(attribute, wanted), selective: true };
}

function time(profile: Profile, { sub }: BoundPath, op: Comparison, value: Literal): Test {
  const { created, lastModified } = profile;
  const attribute = sub?.name === 'created' ? created : sub?.name === 'lastModified' ? lastModified : undefined;
  return attribute === undefined || typeof value !== 'number' ? true : timeRange(profile, attribute, op, value);
}

function member(
  { tree: { membership, schema }, known }: Scope,
  path: BoundPath,
  op: Comparison,
  value: Literal,
): Superset {
  const { sub, attribute } = path;
  if (op !== 'eq' || (sub && sub.name !== 'value')) return many(present(membership.attribute));
  const meant = meantBy(known, sub ?? attribute, value);
  const test = anyOf(meant.map((reference) => equals(membership.attribute, memberValue(membership, reference))));
  // Names of entries are the directory's own to compare.
  const own = membership.by === 'dn' && /^distinguishedNameMatch$/i.test(schema.get(membership.key)?.equality ?? '');
  return { test, selective: test === false, ...(own ? { exact: true } : {}) };
}

/** Inside brackets that ask for a type, lines of the mapping with another are not meant. */
function withLabel(scope: Scope, { name }: Attribute, inner: Filter<BoundPath>): Scope {
  const rows = rowsFor(scope.branch.table, name);
  // Types that a directory attribute holds are not known beforehand.
  if (rows.some(({ scim }) => scim?.sub?.name === 'type')) return scope;
  const terms = inner.kind === 'and' ? inner.filters : [inner];
  const term = terms.find((one) => one.kind === 'compare' && one.op === 'eq' && one.path.sub?.name === 'type');
  return term?.kind === 'compare' ? { ...scope, label: fold(String(term.value)) } : scope;
}

/** The rows that can make `path` true. */
function rowsOf({ branch, label }: Scope, path: BoundPath): readonly Row[] {
  const rows = rowsOfPath(branch, path);
  return label === undefined ? rows : rows.filter(({ labels }) => labels.some((one) => fold(one) === label));
}

function rowsOfPath({ type, table }: Branch, path: BoundPath): readonly Row[] {
  const { extension, attribute, sub } = path;
  const found = extension === undefined ? undefined : findExtension(type, extension)?.extension;
  // Data of an open extension is read back under its own URN alone.
  if (extension !== undefined && extension !== found?.urn) return [];
  const held = isWholeExtension(path)
    ? table.rows.filter(({ scim }) => scim && scim.extension === found)
    : rowsFor(table, attribute.name, found);
  const rows = held.filter(({ readable }) => readable);
  const part = sub?.name;
  // `type` and `primary` come from the row itself, `displayName` of a manager from another entry.
  if (part === undefined || rows.every(({ scim }) => scim?.sub?.name !== part)) return rows;
  return rows.filter(({ scim }) => scim?.sub?.name === part);
}
