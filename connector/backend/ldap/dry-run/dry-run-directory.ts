import type { Operation } from '../directory/operation.ts';
import type { Directory, Entry, Modification, RootDse, Search, Session } from '../directory/session.ts';
import type { Profile } from '../layout/profile.ts';
import { VirtualEntries } from './virtual-entries.ts';

/** Reads, and only remembers what it is told to write. */
class DryRunSession implements Session {
  readonly #session: Session;
  readonly #entries: VirtualEntries;
  readonly #operations: Operation[];

  constructor(session: Session, entries: VirtualEntries, operations: Operation[]) {
    this.#session = session;
    this.#entries = entries;
    this.#operations = operations;
  }

  get server(): string {
    return this.#session.server;
  }

  async search(search: Search): Promise<readonly Entry[]> {
    if (search.scope !== 'base') return this.#session.search(search);
    const { base } = search;
    const made = this.#entries.made(base);
    if (made) return [made];
    const place = this.#entries.placeOf(base);
    if (this.#entries.isGone(base)) return [];
    const found = await this.#session.search({ ...search, base: place });
    return found.map((entry) => this.#entries.seen(entry, place === base ? entry.dn : base));
  }

  pages(search: Search, size?: number): AsyncIterable<readonly Entry[]> {
    return this.#session.pages(search, size);
  }

  async add(dn: string, attributes: Readonly<Record<string, readonly (string | Buffer)[]>>): Promise<void> {
    this.#operations.push({ kind: 'add', dn, attributes });
    this.#entries.add(dn, attributes);
  }

  async modify(dn: string, modifications: readonly Modification[]): Promise<undefined> {
    this.#operations.push({ kind: 'modify', dn, modifications });
    this.#entries.modify(dn, modifications);
    return undefined;
  }

  async rename(dn: string, newRdn: string, newSuperior?: string): Promise<void> {
    const superior = newSuperior === undefined ? {} : { superior: newSuperior };
    this.#operations.push({ kind: 'rename', dn, rdn: newRdn, ...superior });
    this.#entries.rename(dn, newRdn, newSuperior);
  }

  async delete(dn: string): Promise<void> {
    this.#operations.push({ kind: 'delete', dn });
    this.#entries.delete(dn);
  }

  async setPassword(dn: string): Promise<void> {
    this.#operations.push({ kind: 'password', dn });
  }
}

/** A directory that is read and never written. What would have been written is in `operations`, in order. */
export class DryRunDirectory implements Directory {
  readonly operations: Operation[] = [];
  readonly #directory: Directory;
  readonly #entries: VirtualEntries;

  constructor(directory: Directory, profile: Profile) {
    this.#directory = directory;
    this.#entries = new VirtualEntries(profile);
  }

  rootDse(signal: AbortSignal): Promise<RootDse> {
    return this.#directory.rootDse(signal);
  }

  read<T>(signal: AbortSignal, work: (session: Session) => Promise<T>): Promise<T> {
    return this.#directory.read(signal, (session) => work(this.#dry(session)));
  }

  cursor<T>(signal: AbortSignal, work: (session: Session) => Promise<T>): Promise<T> {
    return this.#directory.cursor(signal, (session) => work(this.#dry(session)));
  }

  /** On a connection for reading: not even the right to write is needed. */
  write<T>(signal: AbortSignal, work: (session: Session) => Promise<T>): Promise<T> {
    return this.read(signal, work);
  }

  checkPassword(signal: AbortSignal, dn: string, password: string): Promise<boolean> {
    return this.#directory.checkPassword(signal, dn, password);
  }

  close(): Promise<void> {
    return this.#directory.close();
  }

  #dry(session: Session): Session {
    return new DryRunSession(session, this.#entries, this.operations);
  }
}
