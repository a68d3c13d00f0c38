import { createHash } from 'node:crypto';
import type { KeptBatch, KeptContent, KeptCounts } from '../../backend/module/moving.ts';
import { TRAITS } from '../../scim/schema/resource-type.ts';

/** Each row as one line, by position and not by name: stores differ in how they call things. */
function* linesOf(batch: KeptBatch): Generator<readonly unknown[]> {
  switch (batch.kind) {
    case 'resources':
      for (const { seq, id, type, twin, created, modified, version, doc, passwordHash } of batch.rows)
        yield [seq, id, type, twin, created, modified, version, doc, passwordHash];
      return;
    case 'memberships':
      yield* batch.rows;
      return;
    case 'entitlements':
      for (const { seq, type, id, name, description, created, modified } of batch.rows)
        yield [seq, type, id, name, description, created, modified];
  }
}

/** Counts what a store keeps and digests it, batch by batch in the order of the store; sizes of batches do not matter. */
export class ContentDigest {
  readonly #hash = createHash('sha256');
  readonly #counts = { users: 0, groups: 0, memberships: 0, entitlements: 0 };
  #kind = '';

  add(batch: KeptBatch): void {
    // A row of one room is never taken for one of the next.
    if (batch.kind !== this.#kind) this.#hash.update(`${batch.kind}\n`);
    this.#kind = batch.kind;
    let lines = '';
    for (const line of linesOf(batch)) lines += `${JSON.stringify(line)}\n`;
    this.#hash.update(lines);
    this.#count(batch);
  }

  get counts(): KeptCounts {
    return { ...this.#counts };
  }

  /** To be asked once. */
  content(): KeptContent {
    return { counts: this.counts, digest: this.#hash.digest('hex') };
  }

  #count(batch: KeptBatch): void {
    if (batch.kind !== 'resources') {
      this.#counts[batch.kind] += batch.rows.length;
      return;
    }
    const groups = batch.rows.filter(({ type }) => TRAITS[type].hasMembers).length;
    this.#counts.groups += groups;
    this.#counts.users += batch.rows.length - groups;
  }
}

/** Rows of all kinds. */
export const rowsOf = ({ users, groups, memberships, entitlements }: KeptCounts): number =>
  users + groups + memberships + entitlements;
