import { type Comparison, type Filter, foldFilter, type Literal } from '../../../scim/filter/ast.ts';
import type { BoundPath } from '../../../scim/schema/resource-type.ts';
import { findExtension } from '../../../scim/schema/resource-type.ts';
import { fold } from '../../../scim/text.ts';
import {
  allOf,
  anyOf,
  atLeast,
  atMost,
  contains,
  equals,
  present,
  startsWith,
  type Test,
} from '../directory/filter.ts';
import { activationFilter } from '../layout/activation.ts';
import type { Branch, Tree } from '../layout/tree.ts';
import { type Row, rowsFor } from '../mapping/attribute-mapping.ts';
import { idToLdap } from '../mapping/entry-id.ts';
import { formatTime, formatTimeWithFraction } from '../mapping/syntax.ts';
import { memberValue } from '../references/ids-to-references.ts';
import type { Reference } from '../references/references.ts';

/**
 * What to search for: at least everything the SCIM filter accepts. The rest is decided by `matches`, the definition,
 * on what was found, because directories compare by rules of their own (RFC 4518 preparation, no `>` on text).
 */
export interface Superset {
  readonly test: Test;
  /** Finds few entries, so that they are worth reading whole at once. */
  readonly selective: boolean;
}

const all: Superset = { test: true, selective: false };
const none: Superset = { test: false, selective: true };

/** Rules that compare without regard to case, as SCIM does where an attribute is not case-exact. */
const IGNORES_CASE = /^(caseIgnore|telephoneNumber|numericString|integer|distinguishedName|boolean)/i;
const SUBSTRINGS = /^(caseIgnore|telephoneNumber|numericString)/i;

/** Text that preparation (RFC 4518 §2.6) would change at its ends, or that a server may not take. */
const UNSURE = /^\s|\s$|\s\s|[\p{Cc}\p{Cf}]/u;

export class FilterToLdap {
  readonly #tree: Tree;
  readonly #branch: Branch;
  /** The entries behind the ids in the filter. */
  readonly #known: ReadonlyMap<string, Reference>;

  constructor(tree: Tree, branch: Branch, known: ReadonlyMap<string, Reference>) {
    this.#tree = tree;
    this.#branch = branch;
    this.#known = known;
  }

  translate(filter: Filter<BoundPath>): Superset {
    return foldFilter<BoundPath, Superset>(filter, {
      and: (parts) => ({
        test: allOf(parts.map(({ test }) => test)),
        selective: parts.some(({ selective }) => selective),
      }),
      or: (parts) => ({
        test: anyOf(parts.map(({ test }) => test)),
        selective: parts.every(({ selective }) => selective),
      }),
      present: (path) => this.#present(path),
      compare: (path, op, value) => this.#compare(path, op, value),
    });
  }

  #present(path: BoundPath): Superset {
    if (path.extension === undefined) {
      const { name } = path.attribute;
      if (name === 'id' || name === 'meta' || name === 'active' || name === 'groups') return all;
      if (name === 'members') return { test: present(this.#tree.membership.attribute), selective: false };
    }
    return { test: anyOf(this.#rows(path).map(({ ldap }) => present(ldap))), selective: false };
  }

  #compare(path: BoundPath, op: Comparison, value: Literal): Superset {
    if (path.extension === undefined) {
      switch (path.attribute.name) {
        case 'id':
          return this.#id(op, value);
        case 'meta':
          return { test: this.#time(path, op, value), selective: false };
        case 'active':
          return {
            test: typeof value === 'boolean' ? activationFilter(this.#tree.activation, value) : true,
            selective: false,
          };
        case 'groups':
          return all;
        case 'members':
          return this.#member(path, op, value);
      }
    }
    const rows = this.#rows(path);
    if (rows.length === 0) return none;
    const tests = rows.map((row) => this.#row(row, path, op, value));
    return { test: anyOf(tests.map(({ test }) => test)), selective: tests.every(({ selective }) => selective) };
  }

  #id(op: Comparison, value: Literal): Superset {
    if (op !== 'eq') return all;
    const { attribute, format } = this.#tree.profile.id;
    const wanted = idToLdap(format, String(value));
    return wanted === undefined ? none : { test: equals(attribute, wanted), selective: true };
  }

  #time({ sub }: BoundPath, op: Comparison, value: Literal): Test {
    const { created, lastModified, fraction } = this.#tree.profile;
    const attribute = sub?.name === 'created' ? created : sub?.name === 'lastModified' ? lastModified : undefined;
    // Year 9999 is the last that Generalized Time can name; an assertion no server can parse finds all or nothing.
    if (attribute === undefined || typeof value !== 'number' || value < 0 || value > 253_402_300_799_000) return true;
    const write = fraction ? formatTimeWithFraction : formatTime;
    const from = atLeast(attribute, write(value));
    const to = atMost(attribute, write(value + 999));
    if (op === 'eq') return allOf([from, to]);
    return op === 'gt' || op === 'ge' ? from : op === 'lt' || op === 'le' ? to : true;
  }

  #member({ sub }: BoundPath, op: Comparison, value: Literal): Superset {
    const { attribute } = this.#tree.membership;
    if (op !== 'eq' || (sub && sub.name !== 'value')) return { test: present(attribute), selective: false };
    const reference = this.#known.get(String(value));
    if (!reference) return none;
    return { test: equals(attribute, memberValue(this.#tree, reference)), selective: false };
  }

  /** The rows that can make `path` true. */
  #rows({ extension, attribute, sub }: BoundPath): readonly Row[] {
    const { type, table } = this.#branch;
    const found = extension === undefined ? undefined : findExtension(type, extension)?.extension;
    // Data of an open extension is read back under its own URN alone.
    if (extension !== undefined && extension !== found?.urn) return [];
    const rows = rowsFor(table, attribute.name, found).filter(({ readable }) => readable);
    const part = sub?.name;
    // `type` and `primary` come from the row itself, `displayName` of a manager from another entry.
    if (part === undefined || rows.every(({ target }) => target?.sub?.name !== part)) return rows;
    return rows.filter(({ target }) => target?.sub?.name === part);
  }

  #row(row: Row, { attribute, sub }: BoundPath, op: Comparison, value: Literal): Superset {
    const any: Superset = { test: present(row.ldap), selective: false };
    const own = row.target?.sub?.name ?? (attribute.multiValued && attribute.type === 'complex' ? 'value' : undefined);
    if ((sub?.name ?? own) !== own) return any;
    if (row.syntax.name === 'dn') {
      if (op !== 'eq') return any;
      const reference = this.#known.get(String(value));
      return reference ? { test: equals(row.ldap, reference.dn), selective: false } : none;
    }
    if (typeof value === 'boolean') {
      return op === 'eq' && row.syntax.name === 'boolean'
        ? { test: equals(row.ldap, String(row.syntax.toLdap(value))), selective: false }
        : any;
    }
    if (typeof value !== 'string' || row.syntax.name !== 'string') return any;
    return this.#text(row, op, value) ?? any;
  }

  #text(row: Row, op: Comparison, value: string): Superset | undefined {
    const rules = this.#tree.schema.get(row.key);
    if (value === '' || UNSURE.test(value)) return undefined;
    // Servers differ from JavaScript in the case of rarer letters: both spellings are asked for.
    const spellings = [...new Set(/^[\x20-\x7e]*$/.test(value) ? [value] : [value, fold(value)])].map(
      (v) => row.prefix + v,
    );
    if (op === 'eq' && (!rules || IGNORES_CASE.test(rules.equality ?? ''))) {
      return { test: anyOf(spellings.map((text) => equals(row.ldap, text))), selective: true };
    }
    if ((op === 'co' || op === 'sw') && (!rules || SUBSTRINGS.test(rules.substrings ?? ''))) {
      const make = op === 'co' && row.prefix === '' ? contains : startsWith;
      if (op === 'co' && row.prefix !== '') return undefined;
      return { test: anyOf(spellings.map((text) => make(row.ldap, text))), selective: false };
    }
    return undefined;
  }
}

/** Ids that the filter compares with, where it needs the entries behind them. */
export function idsIn(filter: Filter<BoundPath>): readonly string[] {
  return foldFilter<BoundPath, readonly string[]>(filter, {
    and: (parts) => parts.flat(),
    or: (parts) => parts.flat(),
    present: () => [],
    compare: ({ attribute, sub }, op, value) =>
      op === 'eq' && typeof value === 'string' && (attribute.name === 'members' || sub?.name === 'managerId')
        ? [value]
        : [],
  });
}

/** Paths the filter asks about. */
export const pathsIn = (filter: Filter<BoundPath>): readonly BoundPath[] =>
  foldFilter<BoundPath, readonly BoundPath[]>(filter, {
    and: (parts) => parts.flat(),
    or: (parts) => parts.flat(),
    present: (path) => [path],
    compare: (path) => [path],
  });

/** Steps in which directories tell when an entry was modified. Unit: ms. */
const CLOCK_STEP = 1000;

/**
 * `meta.lastModified gt` counts the whole step of the server's clock in: what changes later in the same second bears
 * the same time, and an incremental import that began in between would never see it.
 */
export function fromWholeStep(filter: Filter<BoundPath>): Filter<BoundPath> {
  return foldFilter<BoundPath, Filter<BoundPath>>(filter, {
    and: (filters) => ({ kind: 'and', filters }),
    or: (filters) => ({ kind: 'or', filters }),
    present: (path) => ({ kind: 'present', path }),
    compare: (path, op, value) => {
      const modified = path.attribute.name === 'meta' && path.sub?.name === 'lastModified';
      if (!modified || op !== 'gt' || typeof value !== 'number') return { kind: 'compare', path, op, value };
      return { kind: 'compare', path, op: 'ge', value: Math.floor(value / CLOCK_STEP) * CLOCK_STEP };
    },
  });
}
