import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect } from 'chai';
import { SqliteBackend } from '../../../connector/backend/sqlite/sqlite-backend.ts';
import type { App } from '../../../connector/config/config.ts';
import { entryOf } from '../../../connector/journal/entry.ts';
import { JournalFile } from '../../../connector/journal/file/journal-file.ts';
import type { ImportPreview } from '../../../connector/operations/preview/import-preview.ts';
import { previewImport } from '../../../connector/operations/preview/preview-import.ts';
import type { Attributes } from '../../../connector/scim/resource.ts';
import { resourceTypes } from '../../../connector/scim/schema/resource-type.ts';
import { journalRecord } from '../../support/journal-record.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { configuration } from '../configuration.ts';

const { User, Group } = resourceTypes();
const person = (name: string, more: object = {}): Attributes => ({
  userName: `${name}@example.com`,
  name: { givenName: name, familyName: 'Lee' },
  emails: [{ value: `${name}@example.com`, type: 'primary', primary: true }],
  active: true,
  ...more,
});
const call = () => ({ requestId: 'test', actor: 'test', signal: AbortSignal.timeout(30_000) });

describe('the preview of an import', () => {
  const folder = temporaryFolder();
  let store: SqliteBackend;
  beforeEach(async () => {
    store = new SqliteBackend({ file: join(folder.path, 'people.db'), passwords: 'hash' });
    await store.open();
  });
  afterEach(() => store.close());

  const preview = async (examples = 5, onProgress?: (read: number, of: number) => void): Promise<ImportPreview> => {
    const { config } = await configuration(
      folder.path,
      `state_dir = ${JSON.stringify(folder.path)}`,
      '[apps.default]',
      '[apps.default.sqlite]',
      `file = ${JSON.stringify(join(folder.path, 'people.db'))}`,
    );
    const signal = AbortSignal.timeout(30_000);
    return previewImport(config, config.apps[0] as App, { signal, examples, ...(onProgress ? { onProgress } : {}) });
  };
  const add = async (...people: readonly Attributes[]): Promise<readonly string[]> => {
    const ids: string[] = [];
    for (const one of people) ids.push((await store.create(call(), User, one)).id);
    return ids;
  };
  /** Behind the back of the service, which would refuse it. */
  const plant = (statement: string): void => {
    const db = new Database(join(folder.path, 'people.db'));
    db.pragma('foreign_keys = OFF');
    db.exec(statement);
    db.close();
  };

  it('counts people, groups, memberships, pages and bytes beside a store that is open', async () => {
    const ids = await add(...Array.from({ length: 201 }, (_, i) => person(`p${i}`, { active: i > 2 })));
    await store.create(call(), Group, { displayName: 'Sales', members: ids.slice(0, 7).map((value) => ({ value })) });
    const seen: string[] = [];
    const { users, groups, memberships, pages, bytes, ok, people, dangling } = await preview(5, (read, of) =>
      seen.push(`${read}/${of}`),
    );
    expect(users).to.deep.equal({ total: 201, active: 198, inactive: 3 });
    expect({ groups, memberships, pages, ok, people, dangling: dangling.count }).to.deep.equal({
      groups: 1,
      memberships: 7,
      // Two of people, one of groups.
      pages: 3,
      ok: true,
      people: [],
      dangling: 0,
    });
    expect(bytes).to.be.within(201 * 400, 201 * 1000);
    expect(seen).to.deep.equal(['200/201', '201/201', '202/202']);
  });

  it('names everybody whom Okta would refuse, by kind, with id and fix', async () => {
    const [, given = ''] = await add(
      person('whole'),
      person('given', { name: { familyName: 'Lee' } }),
      person('mail', { emails: [{ value: 'not an address', type: 'primary' }] }),
      person('long', { name: { givenName: 'x'.repeat(51), familyName: 'Lee' } }),
    );
    const { ok, faulty, people } = await preview();
    expect({ ok, faulty }).to.deep.equal({ ok: false, faulty: 3 });
    expect(people.map(({ kind, count }) => [kind, count])).to.deep.equal([
      ['no given name', 1],
      ['bad e-mail', 1],
      ['too long', 1],
    ]);
    expect(people[0]?.examples).to.deep.equal([{ id: given, name: 'given@example.com' }]);
    expect(people[0]?.fix).to.match(/firstName optional/);
    expect(people[1]?.examples[0]?.text).to.equal('"not an address"');
  });

  it('keeps a few examples of many', async () => {
    await add(...Array.from({ length: 9 }, (_, i) => person(`p${i}`, { emails: [] })));
    const { people } = await preview(2);
    expect(people[0]).to.include({ kind: 'no e-mail', count: 9 });
    expect(people[0]?.examples).to.have.length(2);
  });

  it('finds a userName that two have, as Okta compares', async () => {
    const [, second = ''] = await add(person('ann'), person('bea'));
    plant(
      `UPDATE resource SET doc = json_set(doc, '$.userName', 'ANN@example.com'), key = 'ann@example.com', twin = 1 WHERE id = '${second}'`,
    );
    const { people } = await preview();
    expect(people.map(({ kind, count, examples }) => [kind, count, examples[0]?.name])).to.deep.equal([
      ['userName twice', 1, 'ANN@example.com'],
    ]);
  });

  it('names several primary addresses', async () => {
    const [id = ''] = await add(person('ann'));
    plant(
      `UPDATE resource SET doc = json_insert(doc, '$.emails[#]', json('{"value":"b@example.com","type":"secondary","primary":true}')) WHERE id = '${id}'`,
    );
    const { people } = await preview();
    expect(people[0]).to.include({ kind: 'several primary e-mails', effect: 'badly', count: 1 });
    expect(people[0]?.examples[0]?.text).to.equal('ann@example.com, b@example.com');
  });

  it('compares with the last whole import that was served to its end', async () => {
    await add(...Array.from({ length: 10 }, (_, i) => person(`p${i}`)));
    const journal = new JournalFile(join(folder.path, 'journal.db'));
    const served = { message: 'downloadUsers', intent: 'import', outcome: 'done', type: 'User', pages: 1 } as const;
    journal.write({
      records: [
        { ...served, ref: 'AAAA-2222', total: 300, time: '2026-11-20T00:00:00.000Z' },
        { ...served, ref: 'BBBB-2222', total: 3, since: '2026-11-20T00:00:00Z' },
        { ...served, ref: 'CCCC-2222', total: 10, outcome: 'not done' as const },
        { ...served, ref: 'DDDD-2222', total: 10, app: 'other' },
      ].map((one) => entryOf(journalRecord(one))),
      intents: [],
      told: [],
    });
    journal.close();
    const { safeguard, ok, time } = await preview();
    expect({ ...safeguard, text: '' }).to.deep.equal({ state: 'trips', before: 300, now: 10, percent: 96.7, text: '' });
    expect(ok).to.equal(false);
    expect(time.okta).to.be.a('number');
  });

  it('fails where a person cannot be read, as the import would', async () => {
    const [id = ''] = await add(person('ann'));
    plant(`UPDATE resource SET doc = '{' WHERE id = '${id}'`);
    const failure = await preview().catch((error: unknown) => error);
    expect(failure).to.include({ reason: 'unavailable' });
  });
});
