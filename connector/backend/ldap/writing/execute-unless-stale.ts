import { ScimError, versionMismatch } from '../../../scim/error.ts';
import { failureIn } from '../directory/ldap-failure.ts';
import { RESULT } from '../directory/result-code.ts';
import type { Condition, Entry, Modification } from '../directory/session.ts';
import { entryAttributes } from '../layout/attribute-selection.ts';
import type { Work } from '../layout/work.ts';
import { keyOf } from '../mapping/attribute-mapping.ts';
import { versionOf } from '../reading/entry-meta.ts';
import { byValue, undone } from './by-value.ts';
import { conditional, stillAt } from './conditional-session.ts';
import type { Done, Planned } from './execute-change.ts';
import { isAsItWas } from './refuse-stale.ts';
import type { Writer } from './writer.ts';

/** Refusals that may be of the way in which values are changed: a value that the server shows and does not hold. */
const NOT_BY_VALUE: ReadonlySet<number> = new Set([
  RESULT.noSuchAttribute,
  RESULT.inappropriateMatching,
  RESULT.attributeOrValueExists,
  RESULT.unwillingToPerform,
]);

/** A way to send a plan, so that nothing goes by it that somebody else wrote since the entry was read. */
interface Way {
  readonly modifications: readonly Modification[];
  /** What the server has to find of the entry. */
  readonly condition?: Condition;
  /** Refusals, of an entry that is as it was, after which the next way is tried. */
  readonly elseAfter: ReadonlySet<number>;
}

function modificationsByValue({ tree }: Writer, { branch }: Work, { entry, change }: Planned): readonly Modification[] {
  const read = new Set(entryAttributes(tree, branch).map(keyOf));
  return byValue(tree.schema, entry, read, change.modifications);
}

/** The best first. */
function waysOf(writer: Writer, work: Work, planned: Planned): readonly Way[] {
  const { modifications, rdn } = planned.change;
  const condition = stillAt(writer.tree, planned.entry);
  const held = modificationsByValue(writer, work, planned);
  // After a rename of ours the entry has another version.
  const asserted = { condition, modifications: rdn === undefined ? modifications : held };
  return [
    // OpenLDAP's overlay `unique` asks for the condition of the entry above as well (measured on 2.5).
    ...(condition ? [{ ...asserted, condition, elseAfter: new Set([RESULT.assertionFailed]) }] : []),
    { modifications: held, elseAfter: held.every((one) => modifications.includes(one)) ? new Set() : NOT_BY_VALUE },
    { modifications, elseAfter: new Set() },
  ];
}

/** Whether somebody else has changed the entry since it was read. @throws notFound */
async function isStale({ tree, finder }: Writer, work: Work, { id, entry }: Planned, code: number): Promise<boolean> {
  const now = await finder.byId(work, id, ['members']);
  // Nothing was written by us: that it has another version is enough.
  if (code === RESULT.assertionFailed && versionOf(tree.profile, now) !== versionOf(tree.profile, entry)) return true;
  return !isAsItWas(tree, entry, now);
}

/**
 * Executes a plan that was worked out from an entry, unless somebody has changed it meanwhile (docs/directories.md, Lost
 * updates).
 * @param execute  executes it whatever the entry is by now
 * @throws versionMismatch
 */
export async function executeUnlessStale(
  writer: Writer,
  work: Work,
  planned: Planned,
  execute: (work: Work, planned: Planned) => Promise<Done | undefined>,
): Promise<Done | undefined> {
  const { id, entry, change } = planned;
  for (const { modifications, condition, elseAfter } of waysOf(writer, work, planned)) {
    const session = conditional(work.session, entry.dn, condition);
    try {
      const done = await execute({ ...work, session }, { ...planned, change: { ...change, modifications } });
      return done && { ...done, sent: modifications };
    } catch (error) {
      const code = failureIn(error)?.code;
      if (code === undefined) throw error;
      if (await isStale(writer, work, planned, code)) throw versionMismatch(work.branch.type.name, id);
      if (error instanceof ScimError || !elseAfter.has(code)) throw error;
    }
  }
  throw new Error('the last way has nothing after it');
}

/**
 * After `executeUnlessStale`.
 * @param now  the entry then
 * @throws versionMismatch when somebody gave an attribute another value at the same moment, after ours is taken back
 */
export async function refuseMixed(work: Work, planned: Planned, { sent = [] }: Done, now: Entry): Promise<void> {
  const { id, entry, change, members } = planned;
  const isAlone = change.rdn === undefined && change.password === undefined && change.active === undefined;
  if (!isAlone || (members && members.plan.kind !== 'unchanged')) return;
  const undo = undone(entry, sent, now);
  if (undo.length === 0) return;
  try {
    await work.session.modify(now.dn, undo);
  } catch (error) {
    // Changed again meanwhile, by somebody who has seen our value.
    if (failureIn(error)?.code === undefined) throw error;
  }
  throw versionMismatch(work.branch.type.name, id);
}
