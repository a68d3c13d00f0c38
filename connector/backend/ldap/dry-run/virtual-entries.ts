import { randomUUID } from 'node:crypto';
import { normalDn, parentOf } from '../directory/dn.ts';
import type { Entry, Modification } from '../directory/session.ts';
import type { Profile } from '../layout/profile.ts';
import { idToLdap } from '../mapping/entry-id.ts';
import { formatTime } from '../mapping/syntax.ts';

type Values = (string | Buffer)[];

const sameValue = (a: string | Buffer, b: string | Buffer): boolean =>
  a.toString('latin1').toLowerCase() === b.toString('latin1').toLowerCase();

function modified(entry: Entry, modifications: readonly Modification[]): Entry {
  const attributes = new Map(entry.attributes);
  for (const { operation, attribute, values } of modifications) {
    const key = attribute.toLowerCase();
    const now = attributes.get(key) ?? [];
    const gone = (value: string | Buffer): boolean =>
      values.length === 0 || values.some((one) => sameValue(one, value));
    const next: Values =
      operation === 'replace'
        ? [...values]
        : operation === 'add'
          ? [...now, ...values]
          : now.filter((value) => !gone(value));
    if (next.length > 0) attributes.set(key, next);
    else attributes.delete(key);
  }
  return { dn: entry.dn, attributes };
}

/** Entries as they would be after what was not sent. */
export class VirtualEntries {
  readonly #profile: Profile;
  readonly #made = new Map<string, Entry>();
  readonly #changes = new Map<string, Modification[]>();
  /** New DN → the one that the directory still knows. */
  readonly #before = new Map<string, string>();
  readonly #gone = new Set<string>();

  constructor(profile: Profile) {
    this.#profile = profile;
  }

  add(dn: string, attributes: Readonly<Record<string, readonly (string | Buffer)[]>>): void {
    const { id, created, lastModified } = this.#profile;
    const now = formatTime(Date.now());
    const own = idToLdap(id.format, randomUUID()) ?? randomUUID();
    const all: (readonly [string, readonly (string | Buffer)[]])[] = [
      ...Object.entries(attributes),
      [id.attribute, [own]],
      [created, [now]],
      [lastModified, [now]],
    ];
    this.#made.set(normalDn(dn), {
      dn,
      attributes: new Map(all.map(([name, values]) => [name.toLowerCase(), values])),
    });
  }

  modify(dn: string, modifications: readonly Modification[]): void {
    const key = normalDn(dn);
    const made = this.#made.get(key);
    if (made) this.#made.set(key, modified(made, modifications));
    else this.#changes.set(key, [...(this.#changes.get(key) ?? []), ...modifications]);
  }

  rename(dn: string, rdn: string, superior?: string): void {
    const next = `${rdn},${superior ?? parentOf(dn)}`;
    const [from, to] = [normalDn(dn), normalDn(next)];
    const made = this.#made.get(from);
    if (made) this.#made.set(to, { ...made, dn: next });
    else this.#before.set(to, this.#before.get(from) ?? dn);
    this.#changes.set(to, this.#changes.get(from) ?? []);
    this.delete(dn);
  }

  delete(dn: string): void {
    this.#made.delete(normalDn(dn));
    this.#gone.add(normalDn(dn));
  }

  /** Where the directory has the entry that would now be at `dn`. */
  placeOf = (dn: string): string => this.#before.get(normalDn(dn)) ?? dn;

  /** An entry that only would be there. */
  made = (dn: string): Entry | undefined => this.#made.get(normalDn(dn));

  isGone = (dn: string): boolean => this.#gone.has(normalDn(dn));

  /** @param entry  as the directory has it  @param dn  where it would be */
  seen(entry: Entry, dn: string): Entry {
    return modified({ ...entry, dn }, this.#changes.get(normalDn(dn)) ?? []);
  }
}
