import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect } from 'chai';
import { SqliteBackend } from '../../../connector/backend/sqlite/sqlite-backend.ts';
import type { App } from '../../../connector/config/config.ts';
import type { MatchPreview } from '../../../connector/operations/preview/match-preview.ts';
import { previewMatch } from '../../../connector/operations/preview/preview-match.ts';
import { resourceTypes } from '../../../connector/scim/schema/resource-type.ts';
import { rejection } from '../../support/rejection.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { configuration } from '../configuration.ts';

const { User } = resourceTypes();
const call = () => ({ requestId: 'test', actor: 'test', signal: AbortSignal.timeout(30_000) });

describe("the preview of Okta's people here", () => {
  const folder = temporaryFolder();
  let store: SqliteBackend;
  beforeEach(async () => {
    store = new SqliteBackend({ file: join(folder.path, 'people.db'), passwords: 'hash' });
    await store.open();
  });
  afterEach(() => store.close());

  const add = async (name: string, more: object = {}): Promise<string> => {
    const emails = [{ value: `${name}@example.com`, type: 'primary', primary: true }];
    const own = { givenName: name, familyName: 'Lee', formatted: `${name} Lee` };
    return (await store.create(call(), User, { userName: name, name: own, emails, active: true, ...more })).id;
  };
  interface Wanted {
    readonly lines?: readonly string[];
    readonly field?: string;
    readonly columns?: ReadonlyMap<string, string>;
    readonly examples?: number;
  }
  const match = async (csv: string | Buffer, wanted: Wanted = {}): Promise<MatchPreview> => {
    const { lines = [], field = 'userName', columns = new Map(), examples = 5 } = wanted;
    const { config } = await configuration(
      folder.path,
      `state_dir = ${JSON.stringify(folder.path)}`,
      '[apps.default]',
      ...lines,
      '[apps.default.sqlite]',
      `file = ${JSON.stringify(join(folder.path, 'people.db'))}`,
    );
    const signal = AbortSignal.timeout(30_000);
    const input = Readable.from([Buffer.from(csv)]);
    return previewMatch(config, config.apps[0] as App, input, { field, columns, examples, signal });
  };
  const HEADER = 'login,email,firstName,lastName';
  const row = (name: string): string => `${name},${name}@example.com,${name},Lee`;
  const count = ({ linked, unchanged, created, ambiguous, refused, unreadable, onlyHere }: MatchPreview) => ({
    linked,
    unchanged,
    created: created.count,
    ambiguous: ambiguous.count,
    refused: refused.count,
    unreadable: unreadable.count,
    onlyHere: onlyHere.count,
  });
  const NONE = { linked: 0, unchanged: 0, created: 0, ambiguous: 0, refused: 0, unreadable: 0, onlyHere: 0 };

  it('tells who is linked, new, only here, and left as they are', async () => {
    await add('ann');
    await add('bea');
    const seen = await match([HEADER, row('ANN'), row('new')].join('\n'));
    expect(count(seen)).to.deep.equal({ ...NONE, linked: 1, created: 1, onlyHere: 1 });
    expect(seen.created.examples).to.deep.equal([{ id: 'line 3', name: 'new' }]);
    expect(seen.onlyHere.examples.map(({ name }) => name)).to.deep.equal(['bea']);
    expect(seen.ok).to.equal(true);
    expect(count(await match([HEADER, row('ann')].join('\n')))).to.include({ linked: 1, unchanged: 1 });
  });

  it('shows attribute by attribute what a push would do, the most overwritten first', async () => {
    await add('ann', { title: 'Engineer', active: false });
    await add('bea', { title: 'Engineer' });
    const csv = [`${HEADER},title,secondEmail`, `${row('ann')},Manager,`, `${row('bea')},Manager,b@example.com`];
    const { overwrites } = await match(csv.join('\n'));
    expect(
      overwrites.map(({ attribute, overwritten, filled, removed }) => [attribute, overwritten, filled, removed]),
    ).to.deep.equal([
      ['title', 2, 0, 0],
      ['active', 1, 0, 0],
      ['emails.secondary', 0, 1, 0],
    ]);
    expect(overwrites[1]?.examples[0]).to.include({ name: 'ann', before: 'false', after: 'true' });
    expect(overwrites[2]?.examples[0]).to.include({ name: 'bea', after: 'b@example.com' });
    expect((await match(csv.join('\n'), { columns: new Map([['title', '']]) })).overwrites[0]?.attribute).to.equal(
      'active',
    );
  });

  it('goes by the rules of the app: what is absent stays with merge, and goes with replace', async () => {
    await add('ann', { title: 'Engineer', phoneNumbers: [{ value: '1', type: 'work' }] });
    const csv = [HEADER, row('ann')].join('\n');
    expect((await match(csv)).overwrites).to.deep.equal([]);
    const { overwrites } = await match(csv, { lines: ['put = "replace"'] });
    expect(overwrites.map(({ attribute, removed }) => [attribute, removed])).to.deep.equal([
      ['phoneNumbers.work', 1],
      ['title', 1],
    ]);
  });

  it('calls ambiguous what two rows or two people have in common, and counts no push of it', async () => {
    const emails = [{ value: 'same@example.com', type: 'primary', primary: true }];
    for (const name of ['ann', 'bea']) await add(name, { emails, title: 'Engineer' });
    await add('cid');
    const csv = [`${HEADER},title`, 'ann,same@example.com,Ann,Lee,Manager', `${row('dan')},x`, `${row('dan')},x`];
    const seen = await match(csv.join('\n'), { field: 'email' });
    expect(count(seen)).to.deep.equal({ ...NONE, ambiguous: 3, onlyHere: 1 });
    expect(seen.overwrites).to.deep.equal([]);
    expect(seen.ok).to.equal(false);
  });

  it('names by line what cannot be read, and whom the connector would refuse', async () => {
    await add('ann', { emails: [{ value: 'old@example.com', type: 'primary', primary: true }] });
    const csv = [HEADER, 'x,y', ',a@b.cd,A,B', row('ann'), row('bob')].join('\n');
    const seen = await match(csv, { field: 'email' });
    expect(seen.unreadable.examples).to.deep.equal([
      { id: 'line 2', name: '', text: 'has 2 cells, and the header 4 columns' },
      { id: 'line 3', name: '', text: 'has no login' },
    ]);
    // By e-mail she is new, and her userName is hers already.
    expect(seen.refused.examples[0]).to.include({ id: 'line 4', name: 'ann' });
    expect(count(seen)).to.include({ created: 1, refused: 1, onlyHere: 1 });
  });

  it('leaves out who is deactivated in Okta', async () => {
    await add('ann');
    const seen = await match([`${HEADER},status`, `${row('ann')},DEPROVISIONED`, `${row('bea')},STAGED`].join('\n'));
    expect(seen.rows).to.deep.equal({ read: 1, deactivated: 1 });
    expect(count(seen)).to.include({ linked: 0, created: 1 });
  });

  it('reads what spreadsheets make of it: a mark at the start, semicolons, UTF-16', async () => {
    await add('ann', { title: 'Zürich' });
    const text = ['Profile.login;title', 'ann;Zürich'].join('\r\n');
    for (const file of [`\ufeff${text}`, Buffer.from(`\ufeff${text}`, 'utf16le')])
      expect(count(await match(file))).to.include({ linked: 1, unchanged: 1 });
  });

  it('writes nothing', async () => {
    const id = await add('ann', { title: 'Engineer' });
    const before = await store.get(call(), User, id);
    await match([`${HEADER},title`, `${row('ann')},Manager`].join('\n'));
    expect(await store.get(call(), User, id)).to.deep.equal(before);
  });

  it('says that a read-only app takes no push, and shows what it would do', async () => {
    await add('ann', { title: 'Engineer' });
    const seen = await match('login,title\nann,Manager', { lines: ['read_only = true'] });
    expect(seen).to.include({ readOnly: true, ok: false });
    expect(seen.overwrites[0]?.attribute).to.equal('title');
  });

  for (const [what, csv, words] of [
    ['an empty file', '', /the export is empty/],
    ['a header without a login', 'email,title\na,b', /no column for the login; it has: email, title/],
  ] as const)
    it(`refuses ${what}`, async () => expect((await rejection(match(csv)))?.message).to.match(words));
});
