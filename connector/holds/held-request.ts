import { applyChanges, type Change } from '../scim/change.ts';
import { type Attributes, isComplex, isUrn, type Value } from '../scim/resource.ts';
import type { ResourceType } from '../scim/schema/resource-type.ts';
import type { HeldChange, HeldRequest, Share } from './share.ts';

/** As much of a value as a line shows. Unit: characters. */
const LONGEST = 200;

const SECRET: ReadonlySet<string> = new Set(['password']);

function shownValue(value: Value | undefined): string | undefined {
  if (value === undefined) return undefined;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}

const line = (path: string, before: string | undefined, after: string | undefined): HeldChange => ({
  path,
  ...(before === undefined ? {} : { before }),
  ...(after === undefined ? {} : { after }),
});

const idsIn = (value: Value | undefined): readonly string[] =>
  (Array.isArray(value) ? value : []).map((one) => String(isComplex(one) ? one['value'] : one));

/** A group may have ten thousands: how many come and go says more than who they are. */
function memberLines(before: Attributes, changes: readonly Change[]): readonly HeldChange[] {
  const there = new Set(idsIn(before['members'] as Value | undefined));
  return changes
    .filter(({ path }) => path.attribute === 'members' && path.extension === undefined)
    .map((change): HeldChange => {
      if (change.op === 'unset') return line('members', `${there.size} members`, undefined);
      const some = change.op === 'set' ? idsIn(change.value) : idsIn(change.values);
      const word = { set: 'would be the only ones', add: 'would join', remove: 'would leave' }[change.op];
      const of = there.size > 0 ? `${there.size} members` : undefined;
      return line('members', of, `${some.length} ${word}`);
    });
}

function lines(before: Attributes, after: Attributes, prefix = ''): readonly HeldChange[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((name): readonly HeldChange[] => {
    if (SECRET.has(name) || (prefix === '' && (name === 'members' || name === 'groups'))) return [];
    if (isUrn(name)) return lines((before[name] ?? {}) as Attributes, (after[name] ?? {}) as Attributes, `${name}:`);
    const [was, is] = [shownValue(before[name] as Value | undefined), shownValue(after[name] as Value | undefined)];
    return was === is ? [] : [line(`${prefix}${name}`, was, is)];
  });
}

export interface Intended {
  readonly operation: HeldRequest['operation'];
  readonly type: ResourceType;
  readonly id?: string;
  /** As stored, as far as it is known. */
  readonly before?: Attributes;
  /** Of a modification. */
  readonly changes?: readonly Change[];
  /** Of a creation. */
  readonly made?: Attributes;
  readonly shares: readonly Share[];
}

/** A write as it is kept and shown. */
export function heldRequest({ operation, type, id, before = {}, changes = [], made, shares }: Intended): HeldRequest {
  const others = changes.filter(({ path }) => path.attribute !== 'members' || path.extension !== undefined);
  const after = made ?? applyChanges(before, others);
  const name = before[type.naturalKey] ?? after[type.naturalKey];
  return {
    operation,
    type: type.name,
    ...(id === undefined ? {} : { id }),
    name: typeof name === 'string' ? name : '',
    shares,
    changes: operation === 'delete' ? [] : [...lines(before, after), ...memberLines(before, changes)],
  };
}
