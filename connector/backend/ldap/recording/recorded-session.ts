import type { Trail, WriteOutcome } from '../../trail.ts';
import { normalDn } from '../directory/dn.ts';
import { LdapFailure } from '../directory/ldap-failure.ts';
import { ldifOf } from '../directory/ldif.ts';
import type { Operation } from '../directory/operation.ts';
import { resultName } from '../directory/result-code.ts';
import type { Condition, Entry, Modification, PreAndPostRead, Search, Session } from '../directory/session.ts';
import type { Tree } from '../layout/tree.ts';
import { makeProof, targetOf } from './make-proof.ts';
import { SeenEntries } from './seen-entries.ts';

/** Values of one attribute that a record shows: of the first writes of an operation, and of those after many. */
const SHOWN = 20;
const SHOWN_LATER = 1;
/** Unit: characters. */
const MUCH = 16_000;

interface End {
  readonly outcome: WriteOutcome;
  /** The server's words. */
  readonly words?: string;
}

/** What a failed write says of itself. One that never left is not done. */
function endOf(error: unknown): End {
  if (!(error instanceof LdapFailure)) return { outcome: 'unknown' };
  const { code, diagnostic, outcomeUnknown } = error;
  if (code === undefined) return { outcome: outcomeUnknown ? 'unknown' : 'not done' };
  const words = diagnostic.replace(/[\s\0]+/g, ' ').trim();
  return { outcome: 'refused', words: words === '' ? resultName(code) : `${resultName(code)}: ${words}` };
}

/** Tells a trail of each write before it is sent, and how it ended. */
class RecordedSession implements Session {
  readonly #session: Session;
  readonly #trail: Trail;
  readonly #tree: Tree;
  readonly #seen: SeenEntries;
  #told = 0;
  #begun = false;

  constructor(session: Session, trail: Trail, tree: Tree) {
    this.#session = session;
    this.#trail = trail;
    this.#tree = tree;
    this.#seen = new SeenEntries(tree);
  }

  get server(): string {
    return this.#session.server;
  }

  async search(search: Search): Promise<readonly Entry[]> {
    const found = await this.#session.search(search);
    this.#seen.take(search, found);
    return found;
  }

  pages(search: Search, size?: number): AsyncIterable<readonly Entry[]> {
    return this.#session.pages(search, size);
  }

  add(dn: string, attributes: Readonly<Record<string, readonly (string | Buffer)[]>>): Promise<void> {
    return this.#write({ kind: 'add', dn, attributes }, dn, () => this.#session.add(dn, attributes));
  }

  modify(
    dn: string,
    modifications: readonly Modification[],
    witness?: string,
    condition?: Condition,
  ): Promise<PreAndPostRead | undefined> {
    const send = () => this.#session.modify(dn, modifications, witness, condition);
    return this.#write({ kind: 'modify', dn, modifications }, dn, send);
  }

  rename(dn: string, rdn: string, superior?: string, condition?: Condition): Promise<void> {
    const operation = { kind: 'rename', dn, rdn, ...(superior === undefined ? {} : { superior }) } as const;
    const send = () => this.#session.rename(dn, rdn, superior, condition);
    return this.#write(operation, targetOf(operation), send);
  }

  delete(dn: string, condition?: Condition): Promise<void> {
    return this.#write({ kind: 'delete', dn }, undefined, () => this.#session.delete(dn, condition));
  }

  setPassword(dn: string, password: string): Promise<void> {
    return this.#write({ kind: 'password', dn }, dn, () => this.#session.setPassword(dn, password));
  }

  /** @param then  DN of the entry when it is done */
  async #write<T>(operation: Operation, then: string | undefined, send: () => Promise<T>): Promise<T> {
    const tell = await this.#intend(operation);
    try {
      const result = await send();
      tell('done');
      return result;
    } catch (error) {
      const { outcome, words } = endOf(error);
      tell(outcome, words);
      throw error;
    } finally {
      this.#seen.wrote(operation.dn, then);
    }
  }

  async #intend(operation: Operation): ReturnType<Trail['intend']> {
    const { dn } = operation;
    const text = ldifOf(operation, this.#told > MUCH ? SHOWN_LATER : SHOWN);
    this.#told += text.length;
    const proof = makeProof(this.#tree, this.server, operation, this.#seen.at(dn));
    try {
      const tell = await this.#trail.intend({ text, proof, subject: normalDn(dn), server: this.server });
      this.#begun = true;
      return tell;
    } catch (error) {
      // What is begun is brought to its end, or undone: half of it would be worse than a record without its end.
      if (!this.#begun) throw error;
      this.#trail.sent(text);
      return () => {};
    }
  }
}

/** A session whose writes are told to `trail`; without one it is as it was. */
export const recorded = (session: Session, trail: Trail | undefined, tree: Tree): Session =>
  trail ? new RecordedSession(session, trail, tree) : session;
