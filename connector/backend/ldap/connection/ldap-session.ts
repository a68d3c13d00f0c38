import type { Control, Filter } from 'ldapts';
import { LdapFailure } from '../directory/ldap-failure.ts';
import type { Operation } from '../directory/operation.ts';
import { RESULT, resultName } from '../directory/result-code.ts';
import type { Entry, Modification, PreAndPostRead, Search, Session } from '../directory/session.ts';
import { Assertion } from './assertion.ts';
import {
  addRequest,
  type ChangeRequest,
  deleteRequest,
  modifyRequest,
  passwordRequest,
  renameRequest,
} from './change-requests.ts';
import type { Connection } from './connection.ts';
import { type DecodedEntry, toEntry, type Value } from './entry.ts';
import type { Limits } from './limits.ts';
import { exceedsLimit, rawPages, searchFailure, searchOnce } from './paged-search.ts';
import { faultIn, policyFor } from './password-policy.ts';
import { completeRanges } from './ranged-values.ts';
import { postRead, preRead } from './read-entry.ts';
import type { Tally } from './tally.ts';

/** Answers this large need no second request; one above it is fetched again, page by page. Unit: entries. */
const UNPAGED = 1_000;

export interface SessionOptions {
  readonly connection: Connection;
  readonly tally: Tally;
  readonly signal: AbortSignal;
  /** Unit: ms. */
  readonly readTimeout: number;
  readonly writeTimeout: number;
  readonly pageSize: number;
  /** The connection is nobody else's: `pages` is allowed. */
  readonly exclusive: boolean;
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

  get server(): string {
    return this.#options.connection.url;
  }

  /** Called when the connection goes back. */
  end(): void {
    this.#ended = true;
    if (this.#cursorOpen) this.#options.connection.dirty = true;
  }

  search(search: Search): Promise<readonly Entry[]> {
    return this.#options.tally.count('search', () => this.#search(search));
  }

  async #search(search: Search): Promise<readonly Entry[]> {
    const { exclusive } = this.#options;
    const connection = this.#connection();
    if (search.scope === 'base' || !exclusive) {
      const page = await searchOnce(connection, search, this.#reading(), { sizeLimit: UNPAGED });
      if (page.code === RESULT.success) return this.#entries(search, page.entries);
      if (search.scope === 'base' || !exceedsLimit(page.code)) throw searchFailure(connection.url, page);
    }
    return this.#pageByPage(search);
  }

  async *pages(search: Search, size = this.#options.pageSize): AsyncGenerator<readonly Entry[]> {
    if (!this.#options.exclusive) throw new Error('pages() needs a session of the cursor pool');
    if (this.#cursorOpen) throw new Error('one paged search at a time on a cursor');
    this.#cursorOpen = true;
    const { tally } = this.#options;
    try {
      for await (const page of rawPages(this.#connection(), search, { ...this.#reading(), pageSize: size })) {
        tally.add('search', 'done');
        yield await this.#entries(search, page.entries);
        this.#connection();
      }
    } catch (error) {
      tally.add('search', 'failed');
      throw error;
    }
    this.#cursorOpen = false;
  }

  async add(dn: string, attributes: Readonly<Record<string, readonly Value[]>>): Promise<void> {
    await this.#change({ kind: 'add', dn, attributes }, (controls) => addRequest(dn, attributes, controls));
  }

  async modify(
    dn: string,
    modifications: readonly Modification[],
    witness?: string,
    condition?: Filter,
  ): Promise<PreAndPostRead | undefined> {
    const operation = { kind: 'modify', dn, modifications } as const;
    if (witness === undefined) {
      await this.#change(operation, (controls) => modifyRequest(dn, modifications, controls), condition);
      return undefined;
    }
    const [before, after] = [preRead(witness), postRead(witness)];
    const request = (controls: Control[]) => modifyRequest(dn, modifications, [before, after, ...controls]);
    await this.#change(operation, request, condition);
    return {
      ...(before.value === undefined ? {} : { before: before.value }),
      ...(after.value === undefined ? {} : { after: after.value }),
    };
  }

  async rename(dn: string, newRdn: string, newSuperior?: string, condition?: Filter): Promise<void> {
    const request = (controls: Control[]) => renameRequest(dn, newRdn, newSuperior, controls);
    const superior = newSuperior === undefined ? {} : { superior: newSuperior };
    await this.#change({ kind: 'rename', dn, rdn: newRdn, ...superior }, request, condition);
  }

  async delete(dn: string, condition?: Filter): Promise<void> {
    await this.#change({ kind: 'delete', dn }, (controls) => deleteRequest(dn, controls), condition);
  }

  async setPassword(dn: string, password: string): Promise<void> {
    await this.#change({ kind: 'password', dn }, (controls) => passwordRequest(dn, password, controls));
  }

  #change(operation: Operation, request: (controls: Control[]) => ChangeRequest, condition?: Filter): Promise<void> {
    return this.#options.tally.count(operation.kind, () => this.#send(operation, request, condition));
  }

  async #send(
    operation: Operation,
    request: (controls: Control[]) => ChangeRequest,
    condition?: Filter,
  ): Promise<void> {
    const policy = policyFor(operation);
    const { make, size } = request([...(policy ? [policy] : []), ...(condition ? [new Assertion(condition)] : [])]);
    const { signal, writeTimeout } = this.#options;
    const connection = this.#connection();
    const limits = { signal, timeout: writeTimeout, changes: true, size };
    const { status, errorMessage } = await connection.request(make, limits);
    if (status !== RESULT.success) {
      const text = `${connection.url}: ${operation.kind} is refused: ${resultName(status)}`;
      const passwordFault = faultIn(policy);
      throw new LdapFailure(text, {
        code: status,
        diagnostic: errorMessage,
        operation,
        ...(passwordFault === undefined ? {} : { passwordFault }),
      });
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
        for (const entry of await this.#entries(search, page.entries)) entries.push(entry);
      }
      return entries;
    } finally {
      resolve();
    }
  }

  async #entries(search: Search, found: readonly DecodedEntry[]): Promise<Entry[]> {
    const entries: Entry[] = [];
    for (const decoded of found) {
      if (decoded.open.length > 0) await completeRanges(() => this.#connection(), search, decoded, this.#reading());
      entries.push(toEntry(decoded));
    }
    return entries;
  }

  #connection(): Connection {
    if (this.#ended) throw new LdapFailure('the session has ended');
    return this.#options.connection;
  }

  #reading(): Limits {
    return { signal: this.#options.signal, timeout: this.#options.readTimeout, changes: false, size: 0 };
  }
}
