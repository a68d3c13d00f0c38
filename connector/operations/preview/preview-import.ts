import { moduleNamed } from '../../backend/catalogue.ts';
import { typesOf } from '../../backend/module/app-settings.ts';
import type { Census } from '../../backend/module/census.ts';
import type { App, Config } from '../../config/config.ts';
import type { Json } from '../../protocol/json.ts';
import type { ResourceType } from '../../scim/schema/resource-type.ts';
import { DanglingMembers } from './dangling.ts';
import { Examples, type Found } from './examples.ts';
import { expectedTime } from './expected-time.ts';
import { Fingerprints } from './fingerprints.ts';
import type { ImportPreview } from './import-preview.ts';
import { lastImport } from './last-import.ts';
import { PERSON_FAULTS, type PersonFault, personFaults } from './person-faults.ts';
import { safeguard } from './safeguard.ts';
import { type Served, servedPages, whileServed } from './served-pages.ts';

export interface PreviewOptions {
  readonly signal: AbortSignal;
  /** Examples of each kind. */
  readonly examples: number;
  /** Called after each page: resources read, and all there are. */
  readonly onProgress?: (read: number, total: number) => void;
}

/** What is counted while the pages pass. Nothing is kept of anybody but two fingerprints. */
class Counts {
  readonly durations: number[] = [];
  readonly ids = new Fingerprints();
  readonly names = new Fingerprints();
  bytes = 0;
  users = 0;
  inactive = 0;
  groups = 0;
  faulty = 0;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Whether somebody else has that name too, and who; a fingerprint alone may deceive. */
async function twinOf(
  { service, call }: Served,
  type: ResourceType,
  id: string,
  name: string,
): Promise<string | undefined> {
  const attribute = type.attributes.find((one) => one.name === type.naturalKey);
  if (!attribute) return undefined;
  const filter = { kind: 'compare', path: { attribute }, op: 'eq', value: name } as const;
  const { resources } = await service.list(call(), type, {
    filter,
    offset: 0,
    limit: 5,
    without: ['groups', 'members'],
  });
  return resources.find((one) => one.id !== id)?.id;
}

async function readUsers(
  served: Served,
  type: ResourceType,
  counts: Counts,
  faults: Examples<PersonFault>,
  onPage: (read: number, total: number) => void,
): Promise<void> {
  for await (const { resources, total, read, bytes, duration } of servedPages(served, type)) {
    counts.durations.push(duration);
    counts.bytes += bytes;
    for (const person of resources) await judge(person);
    onPage(read, total);
  }

  async function judge(person: Json): Promise<void> {
    const { id, userName, active } = person;
    const who = { id: textOf(id), name: textOf(userName) };
    counts.users += 1;
    if (active === false) counts.inactive += 1;
    const found = [...personFaults(person)];
    const isNew = counts.names.add(who.name.toLowerCase());
    const twin = isNew || who.name === '' ? undefined : await twinOf(served, type, who.id, who.name);
    counts.ids.add(who.id);
    if (twin !== undefined) found.push({ kind: 'userName twice', text: `as id ${twin}` });
    for (const { kind, text } of found) faults.add(kind, { ...who, ...(text === undefined ? {} : { text }) });
    if (found.length > 0) counts.faulty += 1;
  }
}

const both = (served: Found, { count, examples }: Census['dangling'], most: number): Found => ({
  count: served.count + count,
  examples: [
    ...served.examples,
    ...examples.map(({ group, member }) => ({
      id: group,
      name: group,
      text: `its member ${member} is nobody Okta is shown`,
    })),
  ].slice(0, most),
});

/**
 * What Okta's import of an app would see, read page by page as Okta reads it. Writes nothing.
 * @throws unavailable  as the import would fail
 */
export function previewImport(config: Config, app: App, options: PreviewOptions): Promise<ImportPreview> {
  const { signal, examples: most, onProgress } = options;
  const { User, Group } = typesOf(app);
  return whileServed(config, app, signal, async (served) => {
    const counts = new Counts();
    const faults = new Examples<PersonFault>(most);
    await readUsers(served, User, counts, faults, (read, total) => onProgress?.(read, total));
    const people = counts.users;
    const members = new DanglingMembers(counts.ids);
    const types = served.backend.capabilities.types.includes(Group.name) ? [User, Group] : [User];
    for (const type of types.filter(({ hasMembers }) => hasMembers))
      for await (const { resources, total, read, bytes, duration } of servedPages(served, type)) {
        counts.durations.push(duration);
        counts.bytes += bytes;
        counts.groups += resources.length;
        for (const group of resources) members.look(group);
        onProgress?.(people + read, people + total);
      }
    const { census: take } = moduleNamed(app.backend);
    const census = await take?.(app, { signal, examples: most });
    const left = await members.left(served, types, most);
    const known = await lastImport(config, app.name);
    const users = { total: counts.users, active: counts.users - counts.inactive, inactive: counts.inactive };
    const guard = safeguard(known, users);
    return {
      app: app.name,
      ok: counts.faulty === 0 && guard.state !== 'trips',
      users,
      groups: counts.groups,
      memberships: members.memberships,
      pages: counts.durations.length,
      bytes: counts.bytes,
      faulty: counts.faulty,
      people: PERSON_FAULTS.flatMap((meaning) => {
        const found = faults.of(meaning.kind);
        return found.count > 0 ? [{ ...meaning, ...found }] : [];
      }),
      dangling: census ? both(left, census.dangling, most) : left,
      ...(census ? { census } : {}),
      safeguard: guard,
      time: expectedTime(counts.durations, known),
    };
  });
}
