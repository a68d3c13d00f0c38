import type { Modification } from './session.ts';

/** One write, as it is sent. Passwords are among its values, but for a Password Modify's. */
export type Operation =
  | {
      readonly kind: 'add';
      readonly dn: string;
      readonly attributes: Readonly<Record<string, readonly (string | Buffer)[]>>;
    }
  | { readonly kind: 'modify'; readonly dn: string; readonly modifications: readonly Modification[] }
  | { readonly kind: 'rename'; readonly dn: string; readonly rdn: string; readonly superior?: string }
  | { readonly kind: 'delete'; readonly dn: string }
  | { readonly kind: 'password'; readonly dn: string };

/** The values that an operation writes to each attribute, in its order; a name may come more than once. */
export function writtenValues(operation: Operation): readonly (readonly [string, readonly (string | Buffer)[]])[] {
  if (operation.kind === 'add') return Object.entries(operation.attributes);
  if (operation.kind !== 'modify') return [];
  return operation.modifications.map(({ attribute, values }) => [attribute, values]);
}

const PASSWORDS: ReadonlySet<string> = new Set(['userpassword', 'unicodepwd']);
export const isPassword = (attribute: string): boolean => PASSWORDS.has(attribute.toLowerCase().replace(/;.*$/, ''));

export const setsPassword = (operation: Operation): boolean =>
  operation.kind === 'password' || writtenValues(operation).some(([name]) => isPassword(name));
