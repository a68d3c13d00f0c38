import type { Readable } from 'node:stream';
import type { Call } from '../../backend/backend.ts';
import { typesOf } from '../../backend/module/app-settings.ts';
import type { App, Config } from '../../config/config.ts';
import { policyOf } from '../../run/app-rules.ts';
import { ScimError } from '../../scim/error.ts';
import type { Resource } from '../../scim/resource.ts';
import type { ResourceType } from '../../scim/schema/resource-type.ts';
import { nameKey } from '../../scim/text.ts';
import { guardedService } from '../../service/assemble-service.ts';
import type { Service } from '../../service/service.ts';
import { DryBackend } from './dry-backend.ts';
import { Examples } from './examples.ts';
import { Fingerprints } from './fingerprints.ts';
import type { MatchPreview } from './match-preview.ts';
import { OverwriteCounts } from './overwrite-counts.ts';
import { type Overwrite, overwrites } from './overwrites.ts';
import type { PreviewOptions } from './preview-import.ts';
import { type OktaExport, readExport } from './read-export.ts';
import { type Served, whileServed } from './served-pages.ts';
import { uniqueField } from './unique-field.ts';

export interface MatchOptions extends PreviewOptions {
  /** Okta's "Unique user field name". */
  readonly field: string;
  /** Paths by column of the export, where its header does not tell. */
  readonly columns: ReadonlyMap<string, string>;
}

type Kind = 'created' | 'ambiguous' | 'refused' | 'onlyHere';

/** Okta would not find them by the unique field, and the name would be refused as one that somebody has. */
const TAKEN = "is new by this field, and the userName is somebody's here";

const nameOf = ({ attributes }: Resource): string => String(attributes['userName'] ?? '');

/** The rows of an export beside the people of a store, one after the other. */
class Matching {
  readonly #export: OktaExport;
  readonly #dry: DryBackend;
  readonly #service: Service;
  readonly #type: ResourceType;
  /** Of everybody here: nobody new can have one of them. */
  readonly #names = new Fingerprints();
  readonly counts: OverwriteCounts;
  readonly found: Examples<Kind>;

  constructor(read: OktaExport, served: Served, type: ResourceType, most: number) {
    this.#export = read;
    this.#type = type;
    this.#dry = new DryBackend(served.backend);
    // A push that would be refused as a whole is told once; what it would do is told all the same.
    this.#service = guardedService(this.#dry, { ...policyOf(served.app, typesOf(served.app)), readOnly: false });
    this.counts = new OverwriteCounts(most);
    this.found = new Examples(most);
  }

  async meet(call: Call, person: Resource, keys: readonly string[]): Promise<void> {
    const { rows } = this.#export;
    this.#names.add(nameKey(nameOf(person)));
    const own = rows.find(keys);
    if (own.length === 0) this.found.add('onlyHere', { id: person.id, name: nameOf(person) });
    const [index = 0] = own;
    if (own.length === 1 && rows.state(index) === 'new') return this.#link(call, person, index);
    // Several rows mean this one, or this row means several.
    for (const one of own) rows.set(one, 'ambiguous');
  }

  async #link(call: Call, person: Resource, index: number): Promise<void> {
    const { rows } = this.#export;
    const who = { id: person.id, name: nameOf(person) };
    try {
      const changes = await this.#pushed(call, person, index);
      rows.link(index, changes.map(({ effect, attribute }) => `${effect} ${attribute}`).sort());
      for (const change of changes) this.counts.example(change, who);
    } catch (error) {
      if (!(error instanceof ScimError) || error.reason === 'unavailable') throw error;
      rows.set(index, 'refused');
      this.found.add('refused', { ...who, text: `line ${rows.row(index).line}: ${error.message}` });
    }
  }

  /** What a PUT would do, by the rules that answer Okta. */
  async #pushed(call: Call, person: Resource, index: number): Promise<readonly Overwrite[]> {
    this.#dry.hold(person);
    const draft = this.#export.draftOf(this.#export.rows.row(index).cells);
    const { before, resource } = await this.#service.replace(call, this.#type, person.id, draft);
    return overwrites(before, resource.attributes);
  }

  /** Adds up what the rows have come to. */
  sum(): { readonly linked: number; readonly unchanged: number } {
    const { rows } = this.#export;
    for (let index = 0; index < rows.size; index += 1) {
      const state = rows.state(index);
      if (state !== 'new' && state !== 'ambiguous') continue;
      const { line, name } = rows.row(index);
      const row = { id: `line ${line}`, name };
      if (state === 'ambiguous') this.found.add('ambiguous', row);
      else if (this.#names.has(nameKey(name))) this.found.add('refused', { ...row, text: TAKEN });
      else this.found.add('created', row);
    }
    let linked = 0;
    let unchanged = 0;
    for (const [effects, count] of rows.effects()) {
      linked += count;
      if (effects.length === 0) unchanged += count;
      this.counts.add(effects, count);
    }
    return { linked, unchanged };
  }
}

/**
 * Whom Okta's people meet in the store, and what a push of their profiles would change. Writes nothing.
 * @param input  an export of Okta's users, CSV
 * @throws OperationError usage for a table that cannot be read; unavailable
 */
export async function previewMatch(
  config: Config,
  app: App,
  input: Readable,
  { field: name, columns, examples, signal, onProgress }: MatchOptions,
): Promise<MatchPreview> {
  const { User } = typesOf(app);
  const field = uniqueField(User, name);
  const read = await readExport(app, input, { field, columns, examples, signal });
  return whileServed(config, app, signal, async (served) => {
    const matching = new Matching(read, served, User, examples);
    const { service, call, page: limit } = served;
    for (let offset = 0; ; ) {
      // One deadline for a page: a timer for each of its people would outlive them.
      const asked = call();
      const page = await service.list(asked, User, { offset, limit, without: ['groups', 'members'] });
      for (const person of page.resources) {
        if (signal.aborted) throw signal.reason;
        await matching.meet(asked, person, field.keysOf(person.attributes));
      }
      offset += page.resources.length;
      onProgress?.(offset, page.total);
      if (page.resources.length === 0 || offset >= page.total) break;
    }
    const sum = matching.sum();
    const of = (kind: Kind) => matching.found.of(kind);
    const [ambiguous, refused] = [of('ambiguous'), of('refused')];
    return {
      app: app.name,
      ok: !app.read_only && ambiguous.count + refused.count + read.unreadable.count === 0,
      field: name,
      columns: read.columns,
      rows: { read: read.rows.size + read.unreadable.count, deactivated: read.deactivated },
      ...sum,
      created: of('created'),
      ambiguous,
      refused,
      unreadable: read.unreadable,
      onlyHere: of('onlyHere'),
      overwrites: matching.counts.list(),
      readOnly: app.read_only,
    };
  });
}
