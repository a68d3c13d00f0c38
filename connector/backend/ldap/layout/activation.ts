import { isWithin, normalDn } from '../directory/dn.ts';
import { allOf, anyOf, equals, hasBit, not, type Test } from '../directory/filter.ts';
import { type Entry, firstText, type Modification } from '../directory/session.ts';

/** How a directory says that an account may not be used. Reading, writing and filtering all follow this record. */
export type Activation =
  /** A bit of userAccountControl (MS-ADTS §2.2.16). */
  | { readonly kind: 'account-control' }
  /** Inactive while every attribute of `inactive` has that value; active when they have those of `active`, or none. */
  | {
      readonly kind: 'values';
      readonly inactive: Readonly<Record<string, string>>;
      readonly active: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'group'; readonly group: string }
  | { readonly kind: 'move'; readonly to: string; readonly from: string }
  | { readonly kind: 'none' };

export const ACCOUNT_CONTROL = 'userAccountControl';
/** ACCOUNTDISABLE. */
const DISABLED = 0x2;
const NORMAL_ACCOUNT = 0x200;
/** What a new account has. */
export const ENABLED_ACCOUNT = String(NORMAL_ACCOUNT);
/** What a new account has that may not be used yet. */
export const DISABLED_ACCOUNT = String(NORMAL_ACCOUNT | DISABLED);

/** Attributes to ask for, so that `isActive` can tell. */
export function activationAttributes(activation: Activation): readonly string[] {
  if (activation.kind === 'account-control') return [ACCOUNT_CONTROL];
  return activation.kind === 'values' ? Object.keys({ ...activation.inactive, ...activation.active }) : [];
}

/** @param locked  normal DNs of the group of inactive people, where there is one */
export function isActive(activation: Activation, entry: Entry, locked: ReadonlySet<string>): boolean | undefined {
  switch (activation.kind) {
    case 'account-control':
      return (Number(firstText(entry.attributes, ACCOUNT_CONTROL) ?? NORMAL_ACCOUNT) & DISABLED) === 0;
    case 'values':
      // Any other value, such as ppolicy's time of a lock-out by failures, is not the administrator's word.
      return !Object.entries(activation.inactive).every(
        ([name, value]) => firstText(entry.attributes, name)?.toLowerCase() === value.toLowerCase(),
      );
    case 'group':
      return !locked.has(normalDn(entry.dn));
    case 'move':
      return !isWithin(entry.dn, activation.to);
    case 'none':
      return undefined;
  }
}

/** Finds at least those who are `active`, or are not. */
export function activationFilter(activation: Activation, active: boolean): Test {
  if (activation.kind === 'account-control') {
    const disabled = hasBit(ACCOUNT_CONTROL, DISABLED);
    return active ? not(disabled) : disabled;
  }
  if (activation.kind !== 'values') return true;
  const inactive = allOf(Object.entries(activation.inactive).map(([name, value]) => equals(name, value)));
  // An entry without the attribute is active: (!(a=b)) holds for it on every server but one that calls it undefined.
  return active ? anyOf([not(inactive)]) : inactive;
}

/** What has to change in the entry itself so that it becomes `active`. */
export function activationChanges(activation: Activation, entry: Entry | undefined, active: boolean): Modification[] {
  if (activation.kind === 'account-control') {
    const now = Number((entry && firstText(entry.attributes, ACCOUNT_CONTROL)) ?? NORMAL_ACCOUNT);
    const next = active ? now & ~DISABLED : now | DISABLED;
    return entry && next === now ? [] : [{ operation: 'replace', attribute: ACCOUNT_CONTROL, values: [String(next)] }];
  }
  if (activation.kind !== 'values') return [];
  const wanted = active ? activation.active : activation.inactive;
  return Object.keys({ ...activation.inactive, ...activation.active }).flatMap((attribute) => {
    const value = wanted[attribute];
    const now = entry && firstText(entry.attributes, attribute);
    // Re-activation takes away the value that means "inactive" and leaves any other alone.
    const foreign =
      active && value === undefined && now?.toLowerCase() !== activation.inactive[attribute]?.toLowerCase();
    if (now === value || foreign) return [];
    return [{ operation: 'replace' as const, attribute, values: value === undefined ? [] : [value] }];
  });
}
