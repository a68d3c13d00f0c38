import {
  AddRequest,
  Attribute,
  BerWriter,
  Change,
  DeleteRequest,
  ExtendedRequest,
  type Message,
  ModifyDNRequest,
  ModifyRequest,
  PresenceFilter,
} from 'ldapts';
import { LdapFailure } from '../directory/ldap-failure.ts';
import { PASSWORD_MODIFY } from '../directory/oid.ts';
import { RESULT, resultName } from '../directory/result-code.ts';
import type { Entry, Modification, PreAndPostRead, Search, Session } from '../directory/session.ts';
import type { Connection, Limits } from './connection.ts';
import { type DecodedEntry, decodeEntry, toEntry, type Value } from './entry.ts';
import { exceedsLimit, rawPages, searchFailure, searchOnce } from './paged-search.ts';
import { postRead, preRead } from './read-entry.ts';

/** Answers this large need no second request; one above it is fetched again, page by page. Unit: entries. */
const UNPAGED = 1_000;

export interface SessionOptions {
  readonly connection: Connection;
  readonly signal: AbortSignal;
  /** Unit: ms. */
  readonly readTimeout: number;
  readonly writeTimeout: number;
  readonly pageSize: number;
  /** The connection is nobody else's: `pages` is allowed. */
  readonly exclusive: boolean;
}

// Buffer[] | string[] is what ldapts declares; its encoder takes each value by itself.
const attribute = (type: string, values: readonly Value[]): Attribute =>
  new Attribute({ type, values: values.map((value) => (typeof value === 'string' ? Buffer.from(value) : value)) });

const sizeOf = (values: readonly Value[]): number => values.reduce((sum, value) => sum + value.length * 3 + 8, 64);

function passwordModifyValue(dn: string, password: string): Buffer {
  const writer = new BerWriter();
  writer.startSequence();
  writer.writeString(dn, 0x80);
  writer.writeString(password, 0x82);
  writer.endSequence();
  return writer.buffer;
}

export class LdapSession implements Session {
  readonly #options: SessionOptions;
  #ended = false;
  #cursorOpen = false;
  /** Changes that the server confirmed: work that holds one cannot be repeated. */
  applied = 0;

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  /** Called when the connection goes back. */
  end(): void {
    this.#ended = true;
    if (this.#cursorOpen) this.#options.connection.dirty = true;
  }

  async search(search: Search): Promise<readonly Entry[]> {
    const { exclusive } = this.#options;
    const connection = this.#connection();
    if (search.scope === 'base' || !exclusive) {
      const page = await searchOnce(connection, search, this.#reading(), { sizeLimit: UNPAGED });
      if (page.code === RESULT.success)
        return this.#entries(
          search,
          page.entries.map((entry) => decodeEntry(entry, binary(search))),
        );
      if (search.scope === 'base' || !exceedsLimit(page.code)) throw searchFailure(connection.url, page);
    }
    return this.#pageByPage(search);
  }

  async *pages(search: Search, size = this.#options.pageSize): AsyncGenerator<readonly Entry[]> {
    if (!this.#options.exclusive) throw new Error('pages() needs a session of the cursor lane');
    if (this.#cursorOpen) throw new Error('one paged search at a time on a cursor');
    this.#cursorOpen = true;
    for await (const page of rawPages(this.#connection(), search, { ...this.#reading(), pageSize: size })) {
      yield await this.#entries(
        search,
        page.entries.map((entry) => decodeEntry(entry, binary(search))),
      );
      this.#connection();
    }
    this.#cursorOpen = false;
  }

  async add(dn: string, attributes: Readonly<Record<string, readonly Value[]>>): Promise<void> {
    const size = Object.values(attributes).reduce((sum, values) => sum + sizeOf(values), 0);
    const list = Object.entries(attributes).map(([type, values]) => attribute(type, values));
    await this.#change('add', size, (messageId) => new AddRequest({ messageId, dn, attributes: list }));
  }

  async modify(
    dn: string,
    modifications: readonly Modification[],
    witness?: string,
  ): Promise<PreAndPostRead | undefined> {
    const size = modifications.reduce((sum, { values }) => sum + sizeOf(values), 0);
    const changes = modifications.map(
      ({ operation, attribute: type, values }) => new Change({ operation, modification: attribute(type, values) }),
    );
    if (witness === undefined) {
      await this.#change('modify', size, (messageId) => new ModifyRequest({ messageId, dn, changes }));
      return undefined;
    }
    const [before, after] = [preRead(witness), postRead(witness)];
    const controls = [before, after];
    await this.#change('modify', size, (messageId) => new ModifyRequest({ messageId, dn, changes, controls }));
    return {
      ...(before.value === undefined ? {} : { before: before.value }),
      ...(after.value === undefined ? {} : { after: after.value }),
    };
  }

  async rename(dn: string, newRdn: string, newSuperior?: string): Promise<void> {
    await this.#change(
      'rename',
      0,
      (messageId) =>
        new ModifyDNRequest({ messageId, dn, newRdn, ...(newSuperior === undefined ? {} : { newSuperior }) }),
    );
  }

  async delete(dn: string): Promise<void> {
    await this.#change('delete', 0, (messageId) => new DeleteRequest({ messageId, dn }));
  }

  async setPassword(dn: string, password: string): Promise<void> {
    const value = passwordModifyValue(dn, password);
    await this.#change('password', 0, (messageId) => new ExtendedRequest({ messageId, oid: PASSWORD_MODIFY, value }));
  }

  async #change(operation: string, size: number, make: (messageId: number) => Message): Promise<void> {
    const { signal, writeTimeout } = this.#options;
    const connection = this.#connection();
    const { status, errorMessage } = await connection.request(make, {
      signal,
      timeout: writeTimeout,
      changes: true,
      size,
    });
    if (status !== RESULT.success) {
      const text = `${connection.url}: ${operation} is refused: ${resultName(status)}`;
      throw new LdapFailure(text, { code: status, diagnostic: errorMessage });
    }
    this.applied += 1;
  }

  /** One paged search at a time on a connection: OpenLDAP mixes their cookies up. */
  async #pageByPage(search: Search): Promise<readonly Entry[]> {
    if (this.#cursorOpen) throw new Error('one paged search at a time on a cursor');
    const connection = this.#connection();
    const before = connection.paging;
    const { promise, resolve } = Promise.withResolvers<void>();
    connection.paging = promise;
    const entries: Entry[] = [];
    try {
      await before;
      const limits = { ...this.#reading(), pageSize: this.#options.pageSize };
      for await (const page of rawPages(connection, search, limits)) {
        const decoded = page.entries.map((entry) => decodeEntry(entry, binary(search)));
        for (const entry of await this.#entries(search, decoded)) entries.push(entry);
      }
      return entries;
    } finally {
      resolve();
    }
  }

  async #entries(search: Search, decoded: readonly DecodedEntry[]): Promise<Entry[]> {
    const entries: Entry[] = [];
    for (const entry of decoded) {
      for (const { attribute: name, next } of entry.open) await this.#complete(search, entry, name, next);
      entries.push(toEntry(entry));
    }
    return entries;
  }

  /** The values of a ranged attribute from position `next` on. */
  async #complete(search: Search, entry: DecodedEntry, name: string, next: number): Promise<void> {
    const values = [...(entry.attributes.get(name) ?? [])];
    let from: number | undefined = next;
    while (from !== undefined) {
      const part: Search = {
        base: entry.dn,
        scope: 'base',
        filter: new PresenceFilter({ attribute: 'objectClass' }),
        attributes: [`${name};range=${from}-*`],
      };
      const connection = this.#connection();
      const page = await searchOnce(connection, part, this.#reading(), { sizeLimit: 0 });
      const [found] = page.entries.map((one) => decodeEntry(one, binary(search)));
      if (page.code !== RESULT.success) throw searchFailure(connection.url, page);
      if (!found) throw new LdapFailure(`${connection.url}: an entry disappeared while its values were read`);
      for (const value of found.attributes.get(name) ?? []) values.push(value);
      const [rest] = found.open;
      if (rest && rest.next <= from) throw new LdapFailure(`${connection.url}: the server repeats a range of values`);
      from = rest?.next;
    }
    entry.attributes.set(name, values);
  }

  #connection(): Connection {
    if (this.#ended) throw new LdapFailure('the session has ended');
    return this.#options.connection;
  }

  #reading(): Limits {
    return { signal: this.#options.signal, timeout: this.#options.readTimeout, changes: false, size: 0 };
  }
}

const binary = ({ binary: names = [] }: Search): ReadonlySet<string> =>
  new Set(names.map((name) => name.toLowerCase()));
