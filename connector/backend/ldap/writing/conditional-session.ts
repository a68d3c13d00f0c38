import { equals } from '../directory/filter.ts';
import { type Condition, type Entry, firstText, type Session } from '../directory/session.ts';
import type { Tree } from '../layout/tree.ts';

/** What holds of `entry` until somebody changes it; `undefined` where the server cannot be asked for that. */
export function stillAt({ asserts, profile }: Tree, { attributes }: Entry): Condition | undefined {
  const version = asserts && profile.version !== undefined ? firstText(attributes, profile.version) : undefined;
  return version === undefined || profile.version === undefined ? undefined : equals(profile.version, version);
}

/** A session whose first change of the entry at `dn` is made only where `condition` holds of it, however often it is tried. */
export function conditional(session: Session, dn: string, condition: Condition | undefined): Session {
  let open = condition;
  const once = async <T>(target: string, change: (now?: Condition) => Promise<T>): Promise<T> => {
    if (target !== dn) return change();
    const result = await change(open);
    open = undefined;
    return result;
  };
  return {
    server: session.server,
    search: (search) => session.search(search),
    pages: (search, size) => session.pages(search, size),
    add: (target, attributes) => session.add(target, attributes),
    setPassword: (target, password) => session.setPassword(target, password),
    modify: (target, modifications, witness) =>
      once(target, (now) => session.modify(target, modifications, witness, now)),
    rename: (target, rdn, superior) => once(target, (now) => session.rename(target, rdn, superior, now)),
    delete: (target) => once(target, (now) => session.delete(target, now)),
  };
}
