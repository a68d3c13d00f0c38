import type { Directory, Entry, Search, Session } from '../../../connector/backend/ldap/directory/session.ts';

/** A real directory that tells what is searched for on its way, and what is found. */
export function watched(
  directory: Directory,
  told: (search: Search) => void,
  found: (entries: readonly Entry[]) => void = () => {},
): Directory {
  async function* pages(session: Session, search: Search, size?: number): AsyncGenerator<readonly Entry[]> {
    told(search);
    for await (const entries of session.pages(search, size)) {
      found(entries);
      yield entries;
    }
  }
  const through =
    <T>(work: (session: Session) => Promise<T>) =>
    (session: Session): Promise<T> =>
      work({
        server: session.server,
        search: async (search) => {
          told(search);
          const entries = await session.search(search);
          found(entries);
          return entries;
        },
        pages: (search, size) => pages(session, search, size),
        add: (dn, attributes) => session.add(dn, attributes),
        modify: (dn, modifications, witness) => session.modify(dn, modifications, witness),
        rename: (dn, rdn, superior) => session.rename(dn, rdn, superior),
        delete: (dn) => session.delete(dn),
        setPassword: (dn, password) => session.setPassword(dn, password),
      });
  return {
    rootDse: (signal) => directory.rootDse(signal),
    read: (signal, work) => directory.read(signal, through(work)),
    write: (signal, work) => directory.write(signal, through(work)),
    cursor: (signal, work) => directory.cursor(signal, through(work)),
    checkPassword: (signal, dn, password) => directory.checkPassword(signal, dn, password),
    close: () => directory.close(),
  };
}

/** What reading has cost. */
export interface Cost {
  readonly searches: number;
  readonly entries: number;
  /** Names and values of what was sent to us. */
  readonly bytes: number;
}

const sizeOf = ({ dn, attributes }: Entry): number =>
  [...attributes].reduce(
    (sum, [name, values]) => values.reduce((all, value) => all + Buffer.byteLength(value), sum + name.length),
    Buffer.byteLength(dn),
  );

/** Counts what is read from a real directory. */
export class Meter {
  #cost: Cost = { searches: 0, entries: 0, bytes: 0 };

  readonly wrap = (directory: Directory): Directory =>
    watched(
      directory,
      () => this.#add({ searches: 1, entries: 0, bytes: 0 }),
      (entries) =>
        this.#add({ searches: 0, entries: entries.length, bytes: entries.reduce((sum, one) => sum + sizeOf(one), 0) }),
    );

  /** What `work` costs, run alone. */
  async of(work: () => Promise<unknown>): Promise<Cost> {
    this.#cost = { searches: 0, entries: 0, bytes: 0 };
    await work();
    return this.#cost;
  }

  #add({ searches, entries, bytes }: Cost): void {
    const now = this.#cost;
    this.#cost = { searches: now.searches + searches, entries: now.entries + entries, bytes: now.bytes + bytes };
  }
}
