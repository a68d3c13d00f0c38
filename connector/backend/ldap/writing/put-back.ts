import { failureIn } from '../directory/ldap-failure.ts';
import type { Entry, Modification, Session } from '../directory/session.ts';

/** The values of an entry after `modifications`, under lower-case names; only those that are touched. */
export function valuesAfter(
  { attributes }: Entry,
  modifications: readonly Modification[],
): ReadonlyMap<string, readonly (string | Buffer)[]> {
  const after = new Map<string, readonly (string | Buffer)[]>();
  for (const { operation, attribute, values } of modifications) {
    const key = attribute.toLowerCase().replace(/;binary$/, '');
    const now = after.get(key) ?? attributes.get(key) ?? [];
    const texts = new Set(values.map(String));
    if (operation === 'replace') after.set(key, values);
    else if (operation === 'add') after.set(key, [...now, ...values]);
    else after.set(key, values.length === 0 ? [] : now.filter((value) => !texts.has(String(value))));
  }
  return after;
}

/** Undoes a modify of ours, as far as it was of attributes that we read: a later step of the request was refused. */
export async function putBack(
  session: Session,
  dn: string,
  { attributes }: Entry,
  modifications: readonly Modification[],
): Promise<void> {
  const names = new Map(modifications.map(({ attribute }) => [attribute.toLowerCase(), attribute]));
  const former = [...names.values()].map((attribute): Modification => {
    const values = attributes.get(attribute.toLowerCase().replace(/;binary$/, '')) ?? [];
    return { operation: 'replace', attribute, values };
  });
  if (former.length > 0) await session.modify(dn, former);
}

/** The server said no; a lost connection says nothing, and the next attempt reads what became of it. */
export const isRefusal = (error: unknown): boolean => failureIn(error)?.code !== undefined;
