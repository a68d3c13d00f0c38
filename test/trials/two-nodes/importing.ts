import type { GoingOn } from './going-on.ts';
import type { Listed } from './import-judge.ts';

interface Page {
  readonly totalResults: number;
  readonly nextCursor?: string;
  readonly Resources?: readonly Listed[];
}

export interface Importing {
  /** Unit: people. */
  readonly page: number;
  /** With cursors (RFC 9865) in SCIM 2.0, or by number in SCIM 1.1. */
  readonly by: 'cursor' | 'number';
  /** Told before each page. */
  readonly onPage?: (number: number) => void;
}

/**
 * Everybody, page by page, each from the other connector than the page before.
 * @throws Error at an answer that is no page
 */
export async function importPeople(client: GoingOn, { page, by, onPage }: Importing): Promise<readonly Listed[]> {
  const listed: Listed[] = [];
  const segment = by === 'cursor' ? 'v2' : 'v1';
  for (let [number, start, cursor]: [number, number, string | undefined] = [0, 1, '']; ; number += 1) {
    onPage?.(number);
    const from = by === 'cursor' ? `cursor=${cursor}` : `startIndex=${start}`;
    const answer = await client.attempt('GET', `/Users?${from}&count=${page}`, undefined, {}, segment);
    if (answer.status !== 200)
      throw new Error(`page ${number} by ${by}: ${answer.status} ${answer.text.slice(0, 300)}`);
    const { totalResults, nextCursor, Resources = [] } = JSON.parse(answer.text) as Page;
    for (const { id, userName } of Resources) listed.push({ id, userName });
    start += Resources.length;
    cursor = nextCursor;
    if (by === 'cursor' ? cursor === undefined : start > totalResults || Resources.length === 0) return listed;
    client.turn();
  }
}
