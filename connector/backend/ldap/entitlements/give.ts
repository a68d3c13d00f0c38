import { applyChanges, type Change, type Element } from '../../../scim/change.ts';
import { ScimError, shown } from '../../../scim/error.ts';
import { isComplex } from '../../../scim/resource.ts';
import type { Call } from '../../backend.ts';
import type { Entry, Modification, Session } from '../directory/session.ts';
import type { Branch } from '../layout/branch.ts';
import { refuseProtected } from '../layout/protection.ts';
import type { Work } from '../layout/work.ts';
import { keyOf } from '../mapping/attribute-mapping.ts';
import { ignoringDone } from '../writing/group-listings.ts';
import { writeDelta } from '../writing/write-delta.ts';
import { entryLock, exclusive, lent, type Writer } from '../writing/writer.ts';
import type { GroupKind } from './group-kind.ts';
import type { GroupKinds } from './group-kinds.ts';

/** What becomes of one person's membership in the groups of a kind. */
interface Move {
  readonly kind: GroupKind;
  readonly joins: readonly Entry[];
  readonly leaves: readonly string[];
}

const idIn = (element: Element): string => String(isComplex(element) ? element['value'] : element);

/** @throws invalidValue for an id that is no group of the kind, forbidden for a protected one */
async function joining(kind: GroupKind, { signal, session }: Work, ids: readonly string[]): Promise<readonly Entry[]> {
  if (ids.length === 0) return [];
  const { branch, reader, holder, type } = kind;
  const found = await reader.finder.byIds({ signal, session, branch }, ids, ['members', 'groups']);
  if (found.length < ids.length) {
    const known = new Set((await reader.assembler.resources({ signal, session, branch }, found)).map(({ id }) => id));
    const missing = ids.find((id) => !known.has(id)) ?? '';
    const text = `${holder}: there is no ${type.name} ${shown(missing)}; create it, or take it away in Okta`;
    throw new ScimError('invalidValue', text, { fault: 'entitlement-unknown' });
  }
  for (const entry of found) await refuseProtected(session, branch, entry);
  return found;
}

/** One search for what the person has, and one for what he gets. */
async function moveOf(
  kinds: GroupKinds,
  kind: GroupKind,
  work: Work,
  member: string,
  changes: readonly Change[],
): Promise<Move> {
  const { holder } = kind;
  const current = await kind.listing(work.session, member);
  const before = { [holder]: current.map((group) => kind.element(group)) };
  const after = (applyChanges(before, changes)[holder] ?? []) as readonly Element[];
  const wanted = new Set(after.filter((element) => kinds.kindOf(holder, element) === kind).map(idIn));
  const has = new Set(current.map(({ id }) => id));
  return {
    kind,
    joins: await joining(
      kind,
      work,
      [...wanted].filter((id) => !has.has(id)),
    ),
    leaves: current.filter(({ id }) => !wanted.has(id)).map(({ dn }) => dn),
  };
}

/**
 * A change of the groups is none of the person's entry, and an incremental import goes by that one: a value is written
 * again as it is, so that the server stamps it.
 */
async function stamp({ tree }: Writer, session: Session, { rdn, table }: Branch, entry: Entry): Promise<void> {
  const row = table.rows.find(
    ({ key, writable, readable }) =>
      writable === 'always' && readable && key !== keyOf(rdn.attribute) && entry.attributes.has(key),
  );
  if (!row || tree.profile.name === 'active-directory') return;
  const values = entry.attributes.get(row.key) ?? [];
  const again: Modification = { operation: 'replace', attribute: row.ldap, values };
  await ignoringDone(session.modify(entry.dn, [again]));
}

async function execute(
  kinds: GroupKinds,
  writer: Writer,
  work: Work,
  id: string,
  changes: readonly Change[],
  isStamped: boolean,
): Promise<boolean> {
  const { session, branch } = work;
  const entry = await writer.finder.byId(work, id, ['groups', 'members']);
  const concerned = kinds.kinds.filter(({ holder }) => changes.some(({ path }) => path.attribute === holder));
  const moves = await Promise.all(
    concerned.map((kind) => moveOf(kinds, kind, work, kind.valueOf(branch, entry), changes)),
  );
  const { membership } = writer.tree;
  let moved = false;
  try {
    for (const { kind, joins, leaves } of moves) {
      const member = kind.valueOf(branch, entry);
      for (const { dn } of joins)
        moved = (await writeDelta(session, membership, dn, { add: [member], remove: [] })) || moved;
      for (const dn of leaves)
        moved = (await writeDelta(session, membership, dn, { add: [], remove: [member] })) || moved;
    }
    if (moved && !isStamped) await stamp(writer, session, branch, entry);
    return moved;
  } finally {
    kinds.forget();
    // Some may be groups that Okta knows as such, too.
    writer.caches.changed({ branch, id, dn: entry.dn }, true);
  }
}

/**
 * Makes somebody a member of the groups that stand for what he shall have, and of no others of these kinds.
 * @param isStamped  his entry has been changed just now
 * @returns whether anything was to be done
 * @throws invalidValue, forbidden, notFound, unavailable
 */
export function give(
  kinds: GroupKinds,
  writer: Writer,
  call: Call,
  branch: Branch,
  { id, changes, isStamped }: { readonly id: string; readonly changes: readonly Change[]; readonly isStamped: boolean },
): Promise<boolean> {
  const own = changes.filter((change) => kinds.concerns(change));
  if (own.length === 0) return Promise.resolve(false);
  return exclusive(writer, [entryLock(id)], () =>
    lent(writer, call, (session) =>
      execute(kinds, writer, { signal: call.signal, session, branch }, id, own, isStamped),
    ),
  );
}
