import type { Call } from '../backend/backend.ts';
import { ScimError, shown } from '../scim/error.ts';
import type { Holder } from '../scim/schema/entitlement.ts';
import { type Assignment, keyOf } from './assignment.ts';
import { type Entitlements, type Kind, kindNamed, kindsIn } from './entitlements.ts';

const refused = (text: string): ScimError => new ScimError('invalidValue', text, { fault: 'entitlement-unknown' });

const listed = (kinds: Entitlements): string =>
  `${kinds.length === 1 ? 'there is' : 'there are'} ${kinds.map(({ type }) => type.name).join(', ')}`;

const unknown = (holder: Holder, value: string, name: string): ScimError =>
  refused(`${holder}: there is no ${name} ${shown(value)}; create it, or take it away in Okta`);

/** The kind that an assignment without a type belongs to: the only one that has its id. @throws invalidValue */
async function found(call: Call, kinds: Entitlements, holder: Holder, { value }: Assignment): Promise<Kind> {
  const hits = await Promise.all(kinds.map(async ({ catalogue }) => (await catalogue.find(call, [value])).has(value)));
  const [kind, another] = kinds.filter((_, i) => hits[i]);
  if (!kind) throw unknown(holder, value, kinds.map(({ type }) => type.name).join(' or '));
  if (!another) return kind;
  throw refused(`${holder}: ${shown(value)} is of more than one type; send its type: ${listed(kinds)}`);
}

/** @throws invalidValue when somebody would have two of what he can have one of */
function refuseSeveral(kinds: Entitlements, holder: Holder, wanted: readonly Assignment[]): void {
  for (const { type } of kinds) {
    const count = holder === 'roles' ? wanted.length : wanted.filter((one) => one['type'] === type.name).length;
    if (type.single && count > 1)
      throw new ScimError('invalidValue', `${holder}: nobody has more than one ${type.name}; ${count} were sent`, {
        fault: 'entitlement-second',
      });
  }
}

/**
 * What somebody shall have, each with its type. Only what is new to him is looked up, in one question for each kind: what
 * he has already may stay, although nobody knows it any more.
 * @param has  what he has now
 * @throws invalidValue naming what is not known, and of which type it should be
 */
export async function judged(
  call: Call,
  entitlements: Entitlements,
  holder: Holder,
  wanted: readonly Assignment[],
  has: readonly Assignment[],
): Promise<readonly Assignment[]> {
  const kinds = kindsIn(entitlements, holder);
  const had = new Set(has.map(keyOf));
  const ids = new Map<Kind, string[]>();
  const complete: Assignment[] = [];
  for (const one of wanted) {
    if (had.has(keyOf(one))) {
      complete.push(one);
      continue;
    }
    if (one.value === '') throw refused(`${holder}: an element without value; send the id of what is assigned`);
    const name = one['type'];
    const untyped = name === undefined && kinds.length > 1;
    const kind = untyped
      ? await found(call, kinds, holder, one)
      : name === undefined
        ? kinds[0]
        : kindNamed(kinds, String(name));
    if (!kind) throw refused(`${holder}: there is no type ${shown(String(name))}; ${listed(kinds)}`);
    const list = ids.get(kind);
    if (list) list.push(one.value);
    else ids.set(kind, [one.value]);
    complete.push(untyped ? { ...one, type: kind.type.name } : one);
  }
  for (const [{ type, catalogue }, some] of ids) {
    const known = await catalogue.find(call, some);
    const missing = some.find((id) => !known.has(id));
    if (missing !== undefined) throw unknown(holder, missing, type.name);
  }
  refuseSeveral(kinds, holder, complete);
  return [...new Map(complete.map((one) => [keyOf(one), one])).values()];
}
