import type { Settlement } from '../../trail.ts';
import { namingsOf, normalDn } from '../directory/dn.ts';
import { entryAt } from '../directory/entry-at.ts';
import { equals } from '../directory/filter.ts';
import { type Entry, firstText, type Session } from '../directory/session.ts';
import { idOf } from '../layout/attribute-selection.ts';
import { branchesOf, type Tree } from '../layout/tree.ts';
import { idToLdap } from '../mapping/entry-id.ts';
import { holds } from './expected.ts';
import { type Expected, type Proof, proof as schema } from './proof.ts';

type Selection = Pick<Parameters<Session['search']>[0], 'attributes' | 'binary'>;

/** What has to be read of an entry to judge it. */
function selectionFor({ profile: { id, version } }: Tree, expected: readonly Expected[]): Selection {
  const names = [id.attribute, ...(version === undefined ? [] : [version]), ...expected.map(({ key }) => key)];
  const bytes = expected.filter(({ binary }) => binary).map(({ key }) => key);
  return {
    attributes: [...new Set(names)],
    binary: [...(id.format === 'guid' ? [id.attribute] : []), ...bytes],
  };
}

/** The entry with `id`, wherever it is among the places that the connector looks at. */
async function byId(session: Session, tree: Tree, id: string, selection: Selection): Promise<Entry | undefined> {
  const { attribute, format } = tree.profile.id;
  const value = idToLdap(format, id);
  if (value === undefined) return undefined;
  const filter = equals(attribute, value);
  const branches = [...branchesOf(tree), ...tree.entitlements.map(({ branch }) => branch)];
  for (const base of new Set(branches.flatMap(({ bases }) => bases))) {
    const [entry] = await session.search({ base, scope: 'sub', filter, ...selection });
    if (entry) return entry;
  }
  return undefined;
}

/** The entry that was meant: at its DN or, where it is known by its id, where it has gone. */
async function find(session: Session, tree: Tree, { dn, id }: Proof, selection: Selection): Promise<Entry | undefined> {
  const there = await entryAt(session, dn, selection);
  if (id === undefined || (there && idOf(tree, there) === id)) return there;
  return byId(session, tree, id, selection);
}

/** Not known to have been changed by anybody since. */
const isUntouched = (tree: Tree, proof: Proof, entry: Entry): boolean => {
  const { version } = tree.profile;
  return version !== undefined && proof.version !== undefined && firstText(entry.attributes, version) === proof.version;
};

async function added(session: Session, tree: Tree, proof: Extract<Proof, { kind: 'add' }>): Promise<Settlement> {
  const entry = await entryAt(session, proof.dn, selectionFor(tree, proof.expected));
  if (!entry) return 'not done';
  // What may not be read, or was taken away since, says nothing; what is another proves another entry, or a later change.
  const visible = proof.expected.filter(({ key }) => entry.attributes.has(key));
  return visible.every((one) => holds(tree, proof.salt, entry, one)) ? 'done' : 'unknown';
}

async function modified(session: Session, tree: Tree, proof: Extract<Proof, { kind: 'modify' }>): Promise<Settlement> {
  const entry = await find(session, tree, proof, selectionFor(tree, proof.expected));
  if (!entry) return 'unknown';
  if (isUntouched(tree, proof, entry)) return 'not done';
  // A new password is all that there was.
  if (proof.expected.length === 0) return 'unknown';
  const held = proof.expected.filter((one) => holds(tree, proof.salt, entry, one)).length;
  if (held === proof.expected.length) return 'done';
  return held === 0 ? 'not done' : 'unknown';
}

const spelling = (dn: string): string => JSON.stringify(namingsOf(dn).map(({ value }) => value));

async function renamed(session: Session, tree: Tree, proof: Extract<Proof, { kind: 'rename' }>): Promise<Settlement> {
  const selection = selectionFor(tree, []);
  const there = await entryAt(session, proof.to, selection);
  // A name may change in case alone: then both are one.
  const before = normalDn(proof.dn) === normalDn(proof.to) ? undefined : await entryAt(session, proof.dn, selection);
  const isMeant = (entry: Entry): boolean => proof.id === undefined || idOf(tree, entry) === proof.id;
  if (before && isMeant(before)) return 'not done';
  if (!there || !isMeant(there)) return 'unknown';
  if (normalDn(proof.dn) !== normalDn(proof.to)) return 'done';
  if (spelling(there.dn) === spelling(proof.to)) return 'done';
  return spelling(there.dn) === spelling(proof.dn) ? 'not done' : 'unknown';
}

async function deleted(session: Session, tree: Tree, proof: Extract<Proof, { kind: 'delete' }>): Promise<Settlement> {
  return (await find(session, tree, proof, selectionFor(tree, []))) ? 'not done' : 'done';
}

async function passwordSet(session: Session, tree: Tree, proof: Proof): Promise<Settlement> {
  const entry = await find(session, tree, proof, selectionFor(tree, []));
  return entry && isUntouched(tree, proof, entry) ? 'not done' : 'unknown';
}

function found(session: Session, tree: Tree, proof: Proof): Promise<Settlement> {
  switch (proof.kind) {
    case 'add':
      return added(session, tree, proof);
    case 'modify':
      return modified(session, tree, proof);
    case 'rename':
      return renamed(session, tree, proof);
    case 'delete':
      return deleted(session, tree, proof);
    case 'password':
      return passwordSet(session, tree, proof);
  }
}

/**
 * Whether a write came about, told from the entry as it is now. Writes nothing.
 * @param kept  the proof that was made for it
 * @throws LdapFailure
 */
export async function settle(session: Session, tree: Tree, kept: unknown): Promise<Settlement> {
  const proof = schema.safeParse(kept);
  if (!proof.success) return 'unknown';
  const settlement = await found(session, tree, proof.data);
  // A replica may not have heard of it yet.
  return settlement === 'not done' && session.server !== proof.data.server ? 'unknown' : settlement;
}
