import { ScimError } from '../scim/error.ts';
import { sealForClients, unsealFromClients } from '../secrets/sealed.ts';

/** Between two pages. Unit: seconds. */
export const CURSOR_LIFETIME = 3600;

/** What a list was asked for with, all of which a cursor is bound to. */
export interface Asked {
  /** Endpoint, filter, order and attributes, as text. */
  readonly list: string;
  readonly count: number | undefined;
}

/** Where a list goes on. */
export interface Onward {
  /** In the words of the store: `Page.next`. */
  readonly place: string;
  /** Resources on the pages before. */
  readonly seen: number;
}

/**
 * Turns the place where a page ends into a cursor that clients may hold (RFC 9865), and back. It is sealed: what a list is
 * sorted by may be a name, and nobody else may make one. All that is needed to go on is in it.
 */
export class Cursors {
  readonly #app: string;
  readonly #key: () => Buffer;
  readonly #now: () => number;

  /**
   * @param app  whose lists they are
   * @param key  of 32 bytes, asked for when there is a first cursor to seal
   * @param now  ms since 1970
   */
  constructor(app: string, key: () => Buffer, now: () => number = Date.now) {
    this.#app = app;
    this.#key = key;
    this.#now = now;
  }

  seal({ list, count }: Asked, { place, seen }: Onward): string {
    const text = JSON.stringify([this.#seconds, count ?? null, seen, place]);
    return sealForClients(this.#key(), this.#belonging(list), text);
  }

  /** @throws invalidCursor, expiredCursor, invalidCount */
  open({ list, count }: Asked, cursor: string): Onward {
    const [sealed, before, seen, place] = JSON.parse(this.#unsealed(list, cursor)) as [
      number,
      number | null,
      number,
      string,
    ];
    if (this.#seconds - sealed > CURSOR_LIFETIME)
      throw new ScimError('expiredCursor', 'cursor: it is older than an hour; begin again with an empty cursor', {
        fault: 'cursor-expired',
      });
    if (before !== (count ?? null)) {
      const was = before === null ? 'absent, as on the first page' : `${before}, as on the first page`;
      throw new ScimError('invalidCount', `count must be ${was}; or begin again with an empty cursor`, {
        fault: 'cursor-invalid',
      });
    }
    return { place, seen };
  }

  get #seconds(): number {
    return Math.floor(this.#now() / 1000);
  }

  #belonging(list: string): string {
    return JSON.stringify(['cursor', this.#app, list]);
  }

  #unsealed(list: string, cursor: string): string {
    const opened = unsealFromClients(this.#key(), this.#belonging(list), cursor);
    if (opened !== undefined) return opened;
    const text =
      'cursor: it does not belong to this list; send it with the parameters it came with, or begin with an empty one';
    throw new ScimError('invalidCursor', text, { fault: 'cursor-invalid' });
  }
}
