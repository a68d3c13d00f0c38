import { setImmediate as nextTurn } from 'node:timers/promises';
import { ScimError, shown } from '../../../scim/error.ts';
import { naturalName } from '../../../scim/names.ts';
import { TRAITS } from '../../../scim/schema/resource-type.ts';
import type { ImportCounts, Imported, Refusal } from '../../module/transfer.ts';
import type { Connection } from '../connection/connection.ts';
import { type ImportSettings, importResource } from './import-resource.ts';
import { PendingReferences } from './pending-references.ts';

/** How many are written before others have a turn. */
const STRIDE = 100;

/** Lets others have a turn now and then. @throws unavailable  `signal` said to stop */
export async function pauseBetween(done: number, { onProgress, signal }: ImportSettings): Promise<void> {
  if (done % STRIDE > 0) return;
  onProgress?.(done);
  await nextTurn();
  if (signal.aborted)
    throw new ScimError('unavailable', 'import: stopped; nothing was written', { fault: 'import-file-invalid' });
}

/** `line 7 (User "p1")`, or its position where it stands on no line. */
export const whereabouts = ({ type, attributes, line }: Imported, position: number): string =>
  `${line === undefined ? `resource ${position}` : `line ${line}`} (${type} ${shown(naturalName(TRAITS[type], attributes))})`;

/** The resources of one import, one after the other, in a transaction of the caller's. */
export class ImportRun {
  readonly #connection: Connection;
  readonly #settings: ImportSettings;
  readonly #pending: PendingReferences;
  readonly #counts = { User: 0, Group: 0 };
  #renumbered = 0;
  #done = 0;

  constructor(connection: Connection, settings: ImportSettings) {
    this.#connection = connection;
    this.#settings = settings;
    this.#pending = new PendingReferences(connection);
  }

  /** How many have been tried. */
  get done(): number {
    return this.#done;
  }

  /** @throws uniqueness, invalidValue */
  async add(resource: Imported): Promise<void> {
    this.#done += 1;
    const source = whereabouts(resource, this.#done);
    if (await importResource(this.#connection, resource, source, this.#pending, this.#settings)) this.#renumbered += 1;
    this.#counts[resource.type] += 1;
  }

  /** Whoever refers to it is right to. */
  passOver(id: string | undefined): void {
    if (id !== undefined) this.#pending.refused(id);
  }

  /** References to nobody. */
  dangling(): Iterable<Refusal> {
    return this.#pending.dangling();
  }

  /** Writes the references, once none is dangling. */
  finish(): ImportCounts {
    const memberships = this.#pending.write();
    const { User: users, Group: groups } = this.#counts;
    return { users, groups, memberships, renumbered: this.#renumbered };
  }
}
