import { join } from 'node:path';
import { expect } from 'chai';
import { JournalFileReader } from '../../../connector/journal/file/journal-file.ts';
import type { JournalRecord } from '../../../connector/journal/record.ts';
import { type TraceQuestion, trace } from '../../../connector/operations/trace/trace.ts';
import { FilledJournal } from '../../support/filled-journal.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const created = (id: string, name: string, mail = name): Partial<JournalRecord> => ({
  operation: 'create',
  intent: 'create',
  id,
  name,
  changes: [
    { path: 'userName', after: name },
    { path: 'emails', after: [{ value: mail, type: 'work' }] },
  ],
});
const renamed = (id: string, before: string, after: string): Partial<JournalRecord> => ({
  intent: 'rename',
  id,
  name: after,
  changes: [{ path: 'userName', before, after }],
});
const refused = (name: string) =>
  ({ operation: 'create', name, id: undefined, outcome: 'refused', changes: [] }) as const;
const group = (other: Partial<JournalRecord>): Partial<JournalRecord> => ({
  type: 'Group',
  id: 'G',
  name: 'Sales',
  intent: 'group change',
  changes: [],
  ...other,
});

describe('trace', () => {
  const folder = temporaryFolder();
  let journal: FilledJournal;
  beforeEach(() => {
    journal = new FilledJournal(folder.path);
  });
  afterEach(() => journal.close());

  const ask = (who: string, other: Partial<TraceQuestion> = {}) => trace(journal.reader, { who, limit: 100, ...other });
  const refs = async (who: string, other?: Partial<TraceQuestion>): Promise<string> =>
    (await ask(who, other)).records.map(({ ref }) => ref).join(' ');

  for (const who of ['1', 'jdoe', 'JDOE', 'jroe', ' jroe ', 'J@X', 'j@x'])
    it(`finds all of somebody by ${JSON.stringify(who)}, whatever the name was then`, async () => {
      journal.add(created('1', 'jdoe', 'j@x'), created('2', 'other'), { id: '1', name: 'jdoe' });
      journal.add(renamed('1', 'jdoe', 'jroe'), { id: '1', name: 'jroe' });
      expect((await ask(who)).subjects.map(({ name, ids }) => [name, ids])).to.deep.equal([['jroe', ['1']]]);
      expect(await refs(who)).to.equal('0001 0003 0004 0005');
    });

  it('finds what was refused before there was an id, under every name', async () => {
    journal.add(refused('jroe'), refused('jdoe'), created('1', 'jdoe'), renamed('1', 'jdoe', 'jroe'), refused('x'));
    for (const who of ['1', 'jdoe', 'jroe']) expect(await refs(who), who).to.equal('0001 0002 0003 0004');
    expect(await refs('x')).to.equal('0005');
    expect((await ask('x')).subjects).to.deep.include.members([
      { type: 'User', name: 'x', names: ['x'], ids: [], apps: ['default'], last: '2026-11-28T13:07:09.123Z' },
    ]);
  });

  it('finds the groups that somebody joined and left, by id', async () => {
    journal.add(created('a1', 'jdoe'), group({ joined: { ids: ['a1', 'a2'], count: 2 } }));
    journal.add(group({ left: { ids: ['a2'], count: 1 } }), group({ left: { ids: ['a1'], count: 1 } }));
    expect(await refs('jdoe')).to.equal('0001 0002 0004');
    expect(await refs('Sales')).to.equal('0002 0003 0004');
    expect((await ask('A2')).subjects).to.deep.equal([
      { name: 'a2', names: [], ids: ['a2'], apps: ['default'], last: '' },
    ]);
    expect(await refs('A2')).to.equal('0002 0003');
  });

  it('tells of several whom one name is of, now or before', async () => {
    journal.add(created('1', 'ann', 'team@x'), created('2', 'bob', 'team@x'), renamed('1', 'ann', 'eve'));
    journal.add(created('3', 'ann'));
    const subjects = (await ask('team@x')).subjects.map(({ name, ids }) => [name, ...ids]);
    expect(subjects).to.have.deep.members([
      ['eve', '1'],
      ['bob', '2'],
    ]);
    expect(await refs('team@x')).to.equal('0001 0002 0003');
    expect((await ask('ann')).subjects.map(({ name }) => name)).to.have.members(['eve', 'ann']);
  });

  it('takes one name for one, deleted and made again or in two apps, but a user and a group for two', async () => {
    journal.add(created('1', 'ann'), created('2', 'Ann'), { ...created('1', 'ann'), app: 'hr' });
    const [ann, ...others] = (await ask('ann')).subjects;
    expect(others).to.deep.equal([]);
    expect(ann?.ids).to.have.members(['1', '2']);
    expect(ann?.apps).to.have.members(['default', 'hr']);
    journal.add(created('4', 'sales'), group({}));
    expect((await ask('sales')).subjects.map(({ type }) => type)).to.have.members(['User', 'Group']);
  });

  it('keeps to the app, to the time and to the newest of the number', async () => {
    for (const day of ['01', '02', '03']) journal.add({ ...created('1', 'ann'), time: `2026-11-${day}T00:00:00.000Z` });
    journal.add({ ...created('1', 'ann'), app: 'hr' });
    expect(await refs('ann', { app: 'default' })).to.equal('0001 0002 0003');
    expect(await ask('ann', { app: 'default', limit: 2 })).to.include({ isCut: true });
    expect(await ask('ann', { app: 'default', limit: 3 })).to.include({ isCut: false });
    const since = Date.parse('2026-11-02T00:00:00.000Z');
    expect(await refs('ann', { app: 'default', since, limit: 1 })).to.equal('0003');
    expect(await refs('ann', { app: 'default', since })).to.equal('0002 0003');
  });

  it('finds the same where values are hashed, and by a hash as a record shows it', async () => {
    journal.hashValues(folder.path);
    journal.add(
      refused('jdoe'),
      created('u-1', 'jdoe', 'j@x'),
      renamed('u-1', 'jdoe', 'jroe'),
      created('u-2', 'other'),
    );
    journal.add(group({ joined: { ids: ['u-1'], count: 1 } }));
    const reader = new JournalFileReader(join(folder.path, 'journal.db'));
    const found = async (who: string) => (await trace(reader, { who, limit: 9 })).records.map(({ ref }) => ref);
    for (const who of ['jdoe', 'JROE', 'j@x'])
      expect(await found(who), who).to.deep.equal(['0001', '0002', '0003', '0005']);
    const [first] = (await trace(reader, { who: 'jdoe', limit: 9 })).records;
    expect(await found(first?.name ?? ''), first?.name).to.deep.equal(['0001', '0002', '0003', '0005']);
    expect((await trace(reader, { who: 'jdo', limit: 9 })).why?.near).to.deep.equal([]);
    await reader.close();
  });

  describe('of nobody', () => {
    const time = '2026-11-01T10:00:00.000Z';
    for (const [who, near] of [
      ['jdeo@example.com', ['jdoe@example.com']],
      ['jdoe', ['jdoe@example.com']],
      ['JDO', ['jdoe@example.com']],
      ['example.com', ['jdoe@example.com', 'bob@example.com']],
      ['somebody.else', []],
      ['x', []],
    ] as const)
      it(`names what is spelled like ${who}`, async () => {
        journal.add(created('1', 'jdoe@example.com'), created('2', 'bob@example.com'));
        expect((await ask(who)).why?.near).to.have.members(near);
        expect((await ask(who)).subjects).to.deep.equal([]);
      });

    it('tells of another app, of an earlier time, and where the journal begins', async () => {
      journal.add({ ...created('1', 'ann'), app: 'hr', time });
      const begins = { near: [], otherApps: [], begins: time };
      expect((await ask('ann', { app: 'default' })).why).to.deep.equal({ ...begins, otherApps: ['hr'] });
      expect((await ask('ann', { since: Date.now() })).why).to.deep.equal({ ...begins, before: time });
      expect((await ask('bob')).why).to.deep.equal(begins);
    });

    it('tells of an empty journal', async () => {
      expect((await ask('ann')).why).to.deep.equal({ near: [], otherApps: [] });
    });
  });
});
