import { expect } from 'chai';
import stringWidth from 'string-width';
import { localDateTime, localZone } from '../../../../bin/terminal/record/local-time.ts';
import { fitted, recordLine } from '../../../../bin/terminal/record/record-line.ts';
import type { Intent, JournalRecord, RecordOutcome } from '../../../../connector/journal/record.ts';
import { journalRecord } from '../../../support/journal-record.ts';

const WHEN = localDateTime(journalRecord().time);
const line = (other: Partial<JournalRecord> = {}, width = 2000): string => recordLine(journalRecord(other), { width });
/** What comes after time, reference, intent and outcome. */
const what = (other: Partial<JournalRecord>, about: readonly string[] = []): string =>
  recordLine(journalRecord(other), { width: 200, about: new Set(about) }).slice(
    `${WHEN} K7Q2-91XM group change not done `.length,
  );

const INTENTS: readonly Intent[] = ['create', 'link', 'reactivate', 'rename', 'group change', 'deactivate', 'import'];
const OUTCOMES: readonly RecordOutcome[] = ['done', 'refused', 'failed', 'not done', 'unknown'];

describe('a record on one line', () => {
  it('tells when, the reference, what Okta wanted, what became of it, whose and what', () => {
    expect(line()).to.equal(`${WHEN} K7Q2-91XM profile      done     jdoe@example.com: title: Engineer → Manager`);
    expect(recordLine(journalRecord(), { width: 80, withoutDate: true, withApp: true })).to.equal(
      `${WHEN.slice(11)} K7Q2-91XM profile      done     default: jdoe@example.com: title: Engi…`,
    );
  });

  it('fits the terminal, whatever a record holds', () => {
    for (const intent of INTENTS)
      for (const outcome of OUTCOMES)
        for (const text of ['x', 'x'.repeat(5000), '漢字'.repeat(60), '👩‍👩‍👧‍👧'.repeat(60)])
          for (const width of [80, 81, 132]) {
            const shown = line({ intent, outcome, name: text, text, changes: [{ path: text, after: text }] }, width);
            expect(stringWidth(shown), shown).to.be.at.most(width);
            expect(shown).to.contain(intent).and.to.contain(outcome);
          }
  });

  it('shows no character that turns or hides the text around it, and no second line', () => {
    const evil = 'a\n\u001b[2J\u202eb\u0007';
    const shown = line({
      name: evil,
      app: evil,
      changes: [{ path: evil, before: evil, after: evil }],
      leftOut: [evil],
    });
    expect(shown).to.match(/^[\x20-\x7e→–]+$/);
    expect(line({ outcome: 'refused', text: evil })).to.contain('a\\u000a\\u001b[2J\\u202eb\\u0007');
  });

  for (const [told, other] of [
    ['title: – → Manager', { changes: [{ path: 'title', after: 'Manager' }] }],
    [
      'title: Manager; active: true',
      {
        operation: 'create',
        name: 'x',
        changes: [
          { path: 'userName', after: 'x' },
          { path: 'title', after: 'Manager' },
          { path: 'active', after: true },
        ],
      },
    ],
    ['displayName: x', { operation: 'create', name: 'x', changes: [{ path: 'displayName', after: 'x' }] }],
    ['title: Engineer → –', { changes: [{ path: 'title', before: 'Engineer' }] }],
    [
      'active: true → false; title: – → 1',
      {
        changes: [
          { path: 'title', after: 1 },
          { path: 'active', before: true, after: false },
        ],
      },
    ],
    ['shoe: – → 42', { changes: [{ path: 'urn:okta:onprem_app:1.0:user:custom:shoe', after: 42 }] }],
    [
      'emails: a@x, b@x → –',
      { changes: [{ path: 'emails', before: [{ value: 'a@x', type: 'work' }, { value: 'b@x' }] }] },
    ],
    [
      'a → b; title: – → 1',
      {
        intent: 'rename',
        changes: [
          { path: 'title', after: 1 },
          { path: 'userName', before: 'a', after: 'b' },
        ],
      },
    ],
    ['was there already, as it should be', { intent: 'link' }],
    ['password set', { changes: [{ path: 'password', secret: 'set' }] }],
    ['nothing to change', { changes: [] }],
    [
      '1 member joined; 70000 members left',
      { changes: [], joined: { ids: ['1'], count: 1 }, left: { ids: ['2'], count: 70_000 } },
    ],
    ['450 resources; 3 pages', { changes: [], intent: 'import', total: 450, pages: 3 }],
    ['title: – → 1; ignored shoe', { changes: [{ path: 'title', after: 1 }], ignored: ['shoe'] }],
    ['userName is taken', { outcome: 'refused', text: 'userName is taken (ref K7Q2-91XM)' }],
    ['userName is taken', { outcome: 'refused', name: 'ana', text: 'userName "ana" is taken' }],
    ['7 times: invalidCredentials', { outcome: 'refused', reason: 'invalidCredentials', times: 7, changes: [] }],
    ['title: Engineer → Manager', { outcome: 'unknown' }],
  ] as const)
    it(`says "${told}"`, () => {
      expect(what(other as Partial<JournalRecord>)).to.equal(told);
    });

  it("tells a member's joining and leaving by the name of the group", () => {
    const group = { name: 'Sales', changes: [], joined: { ids: ['1', '2'], count: 2 }, left: { ids: ['3'], count: 1 } };
    expect(what(group, ['2'])).to.equal('joined Sales');
    expect(what(group, ['3'])).to.equal('left Sales');
    expect(what(group, ['42'])).to.equal('2 members joined; 1 member left');
    const made = { ...group, operation: 'create', changes: [{ path: 'displayName', after: 'Sales' }] } as const;
    expect(what(made, ['1'])).to.equal('joined Sales');
  });

  it('gives no room to what does not come', () => {
    const records = [
      journalRecord({ intent: 'read', outcome: 'refused', text: 'x' }),
      journalRecord({ intent: 'rename' }),
    ];
    expect(recordLine(journalRecord(), { width: 200, about: new Set(['42']), ...fitted(records) })).to.equal(
      `${WHEN} K7Q2-91XM profile done    title: Engineer → Manager`,
    );
  });

  it('names the zone of its times', () => {
    expect(localZone()).to.match(/^UTC$|^[\w/+-]+, UTC[+-]\d\d:\d\d$/);
  });
});
