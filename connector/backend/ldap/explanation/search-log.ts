import type { Directory, Entry, Search, Session } from '../directory/session.ts';

/** A search that was sent, and what came of it. */
export interface Observed {
  readonly search: Search;
  readonly entries: number;
  /** Unit: ms. */
  readonly duration: number;
}

/** Ends a reading: as many entries have come as may be read. */
export class Enough extends Error {}

/** A real directory that notes what is searched for on its way, and writes nothing. */
export class SearchLog {
  readonly searches: Observed[] = [];
  readonly #most: number;
  #entries = 0;

  constructor(most: number) {
    this.#most = most;
  }

  get entries(): number {
    return this.#entries;
  }

  wrap(directory: Directory): Directory {
    const through =
      <T>(work: (session: Session) => Promise<T>) =>
      (session: Session): Promise<T> =>
        work(this.#session(session));
    return {
      rootDse: (signal) => directory.rootDse(signal),
      read: (signal, work) => directory.read(signal, through(work)),
      cursor: (signal, work) => directory.cursor(signal, through(work)),
      write: async () => {
        throw new Error('whoever explains writes nothing');
      },
      checkPassword: (signal, dn, password) => directory.checkPassword(signal, dn, password),
      close: () => directory.close(),
    };
  }

  /** @throws Enough */
  #came(entries: readonly Entry[]): number {
    this.#entries += entries.length;
    if (this.#entries > this.#most) throw new Enough();
    return entries.length;
  }

  #session(session: Session): Session {
    const search = async (one: Search): Promise<readonly Entry[]> => {
      const begun = performance.now();
      let entries = 0;
      try {
        const found = await session.search(one);
        entries = found.length;
        this.#came(found);
        return found;
      } finally {
        this.searches.push({ search: one, entries, duration: performance.now() - begun });
      }
    };
    const pages = (one: Search, size?: number): AsyncIterable<readonly Entry[]> => this.#pages(session, one, size);
    const refuse = async (): Promise<never> => {
      throw new Error('whoever explains writes nothing');
    };
    return {
      server: session.server,
      search,
      pages,
      add: refuse,
      modify: refuse,
      rename: refuse,
      delete: refuse,
      setPassword: refuse,
    };
  }

  async *#pages(session: Session, search: Search, size?: number): AsyncGenerator<readonly Entry[]> {
    let [entries, duration, begun] = [0, 0, performance.now()];
    try {
      for await (const page of session.pages(search, size)) {
        duration += performance.now() - begun;
        entries += page.length;
        this.#came(page);
        yield page;
        // What is done with a page is not the directory's time.
        begun = performance.now();
      }
      duration += performance.now() - begun;
    } finally {
      this.searches.push({ search, entries, duration });
    }
  }
}
