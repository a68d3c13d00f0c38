import type { Known } from '../../../simulator/payload.ts';
import type { Book, Entry } from './book.ts';
import { isSameName } from './reserved-names.ts';
import { nameOf, type Server, ServerUnable } from './server.ts';

/** What became of one entry. All but the first are told to the operator. */
export type Removal =
  /** @property removed  how many there were */
  | { readonly end: 'gone'; readonly removed: number }
  /** Nobody answered to its creation, and the server may still be at it. */
  | { readonly end: 'in doubt' }
  /** The server deletes none. */
  | { readonly end: 'remains'; readonly why: string }
  /** Somebody has given it another name: it is no longer ours to remove. */
  | { readonly end: 'taken over'; readonly name: string }
  | { readonly end: 'not now'; readonly why: string };

/** No server is at one request for longer. Unit: ms. */
export const DOUBT = 60_000;

const isOurs = ({ type, names }: Entry, resource: Known): boolean =>
  names.some((name) => isSameName(nameOf(type, resource), name));

/**
 * Removes what an entry stands for, and nothing else: by its id and only while it has one of the names that were reserved
 * for it, and then whatever has exactly such a name, of a creation whose reply was lost.
 * @param doubt  as in `DOUBT`
 */
export async function remove(server: Server, entry: Entry, doubt = DOUBT): Promise<Removal> {
  try {
    const byId = entry.id === undefined ? false : await removeById(server, entry, entry.id);
    if (typeof byId !== 'boolean') return byId;
    let byName = 0;
    for (const name of entry.names) {
      for (const { id } of await server.named(entry.type, name)) {
        const one = await removeById(server, entry, id);
        if (typeof one !== 'boolean') return one;
        if (one) byName += 1;
      }
    }
    // What is known by its id does not answer for a creation that was asked for afterwards.
    const isOpen = entry.asked !== undefined && Date.now() - Date.parse(entry.asked) < doubt;
    return isOpen && byName === 0 ? { end: 'in doubt' } : { end: 'gone', removed: byName + (byId ? 1 : 0) };
  } catch (error) {
    if (error instanceof ServerUnable) return { end: 'not now', why: error.message };
    throw error;
  }
}

/** @returns whether it was there and was removed; or why it was not */
async function removeById(server: Server, entry: Entry, id: string): Promise<boolean | Removal> {
  for (let tries = 0; ; tries += 1) {
    const reading = await server.read(entry.type, id);
    if (reading === undefined) return false;
    const { resource, etag } = reading;
    if (!isOurs(entry, resource)) return { end: 'taken over', name: String(nameOf(entry.type, resource)) };
    const status = await server.delete(entry.type, id, etag);
    if (status < 300 || status === 404) return true;
    // It was changed meanwhile, perhaps by a request of the run that was broken off: look again.
    if (status === 412 && tries < 3) continue;
    if (status === 429 || status >= 500)
      if (status !== 501) return { end: 'not now', why: `DELETE was answered ${status}` };
    return { end: 'remains', why: `DELETE was answered ${status}` };
  }
}

/** Removes what stands in a book, the last thing first, and strikes what is gone. Tells of each entry. */
export async function* removeAll(
  server: Server,
  book: Book,
  doubt?: number,
): AsyncGenerator<{ readonly entry: Entry; readonly removal: Removal }> {
  for (const entry of book.entries.toReversed()) {
    const removal = await remove(server, entry, doubt);
    if (removal.end === 'gone' || removal.end === 'taken over') book.strike(entry);
    yield { entry, removal };
  }
}
