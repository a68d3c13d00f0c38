import { type Comparison, type Filter, foldFilter, type Literal } from '../../../scim/filter/ast.ts';
import { type BoundPath, findExtension } from '../../../scim/schema/resource-type.ts';
import { allOf, anyOf, equals, present, type Test } from '../directory/filter.ts';
import { activationFilter } from '../layout/activation.ts';
import type { Branch } from '../layout/branch.ts';
import type { Profile } from '../layout/profile.ts';
import type { Tree } from '../layout/tree.ts';
import { type Row, rowsFor } from '../mapping/attribute-mapping.ts';
import { idToLdap } from '../mapping/entry-id.ts';
import { memberValue } from '../references/members.ts';
import type { Reference } from '../references/reference.ts';
import { rowToLdap } from './row-to-ldap.ts';
import { everything, many, nothing, type Superset } from './superset.ts';
import { timeRange } from './time-range.ts';

/** Where a filter is evaluated. */
interface Scope {
  readonly tree: Tree;
  readonly branch: Branch;
  /** The entries behind the ids in the filter. */
  readonly known: ReadonlyMap<string, Reference>;
}

/** What finds at least all that a part of a filter accepts, and at least all that it does not. */
interface Sides {
  readonly accepted: Superset;
  readonly refused: Superset;
}

const all = (parts: readonly Superset[]): Superset => ({
  test: allOf(parts.map(({ test }) => test)),
  selective: parts.some(({ selective }) => selective),
});

const any = (parts: readonly Superset[]): Superset => ({
  test: anyOf(parts.map(({ test }) => test)),
  selective: parts.every(({ selective }) => selective),
});

const accepted = (parts: readonly Sides[]): readonly Superset[] => parts.map((part) => part.accepted);
const refused = (parts: readonly Sides[]): readonly Superset[] => parts.map((part) => part.refused);

/**
 * A directory is never asked for the contrary of a comparison. Where it cannot decide (RFC 4511 §4.5.1.7: Undefined),
 * it would find the entry neither way; and what it finds besides what a filter accepts would be left out.
 */
const undecided = (found: Superset): Sides => ({ accepted: found, refused: everything });

export const filterToLdap = (scope: Scope, filter: Filter<BoundPath>): Superset =>
  foldFilter<BoundPath, Sides>(filter, {
    and: (parts) => ({ accepted: all(accepted(parts)), refused: any(refused(parts)) }),
    or: (parts) => ({ accepted: any(accepted(parts)), refused: all(refused(parts)) }),
    not: (part) => ({ accepted: part.refused, refused: part.accepted }),
    // Whoever has the element has each of its parts.
    some: (_, inner) => undecided(filterToLdap(scope, inner)),
    present: (path) => undecided(isPresent(scope, path)),
    compare: (path, op, value) =>
      path.extension === undefined && path.attribute.name === 'active' && typeof value === 'boolean'
        ? { accepted: active(scope, value), refused: active(scope, !value) }
        : undecided(compare(scope, path, op, value)),
  }).accepted;

const active = ({ tree }: Scope, value: boolean): Superset => many(activationFilter(tree.activation, value));

function isPresent({ tree, branch }: Scope, path: BoundPath): Superset {
  if (path.extension === undefined) {
    const { name } = path.attribute;
    if (name === 'id' || name === 'meta' || name === 'active' || name === 'groups') return everything;
    if (name === 'members') return many(present(tree.membership.attribute));
  }
  return many(anyOf(rowsOf(branch, path).map(({ ldap }) => present(ldap))));
}

function compare(scope: Scope, path: BoundPath, op: Comparison, value: Literal): Superset {
  const { tree, branch, known } = scope;
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
  const rows = rowsOf(branch, path);
  if (rows.length === 0) return nothing;
  const tests = rows.map((row) => rowToLdap(tree, known, row, path, op, value));
  return { test: anyOf(tests.map(({ test }) => test)), selective: tests.every(({ selective }) => selective) };
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

function member({ tree: { membership }, known }: Scope, { sub }: BoundPath, op: Comparison, value: Literal): Superset {
  if (op !== 'eq' || (sub && sub.name !== 'value')) return many(present(membership.attribute));
  const reference = known.get(String(value));
  return reference ? many(equals(membership.attribute, memberValue(membership, reference))) : nothing;
}

/** The rows that can make `path` true. */
function rowsOf({ type, table }: Branch, { extension, attribute, sub }: BoundPath): readonly Row[] {
  const found = extension === undefined ? undefined : findExtension(type, extension)?.extension;
  // Data of an open extension is read back under its own URN alone.
  if (extension !== undefined && extension !== found?.urn) return [];
  const rows = rowsFor(table, attribute.name, found).filter(({ readable }) => readable);
  const part = sub?.name;
  // `type` and `primary` come from the row itself, `displayName` of a manager from another entry.
  if (part === undefined || rows.every(({ scim }) => scim?.sub?.name !== part)) return rows;
  return rows.filter(({ scim }) => scim?.sub?.name === part);
}
