import { expect } from 'chai';
import { CURSOR_LIFETIME, Cursors } from '../../connector/protocol/cursors.ts';
import { ScimError } from '../../connector/scim/error.ts';

const KEY = Buffer.alloc(32, 1);
const asked = { list: '["/Users","","userName"]', count: 10 };
const onward = { place: '{"by":["Müller-Lüdenscheidt",7]}', seen: 20 };

const refused = (work: () => unknown): ScimError => {
  try {
    work();
  } catch (error) {
    if (error instanceof ScimError) return error;
  }
  throw new Error('was not refused');
};

describe('cursors', () => {
  let clock = 1_800_000_000_000;
  const cursors = new Cursors(
    'default',
    () => KEY,
    () => clock,
  );

  it('are opened by whoever has the key, and hold nothing that can be read', () => {
    const cursor = cursors.seal(asked, onward);
    expect(cursor).to.match(/^[A-Za-z0-9_-]+$/);
    expect(Buffer.from(cursor, 'base64url').toString('latin1')).to.not.match(/M.{1,2}ller|Users|seen/);
    const elsewhere = new Cursors('default', () => KEY);
    expect(elsewhere.open(asked, cursor)).to.deep.equal(onward);
  });

  it('say nothing by their text: no two are alike', () => {
    expect(cursors.seal(asked, onward)).to.not.equal(cursors.seal(asked, onward));
  });

  it('belong to one app, one list and one key', () => {
    const cursor = cursors.seal(asked, onward);
    const others = [
      () => new Cursors('other', () => KEY).open(asked, cursor),
      () => new Cursors('default', () => Buffer.alloc(32, 2)).open(asked, cursor),
      () => cursors.open({ ...asked, list: '["/Groups","","userName"]' }, cursor),
    ];
    for (const open of others) expect(refused(open).reason).to.equal('invalidCursor');
  });

  it('are not changed by a single bit, in no spelling', () => {
    const cursor = cursors.seal(asked, onward);
    const bytes = Buffer.from(cursor, 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const forged = Buffer.from(bytes);
      forged[bit >> 3] = (forged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(refused(() => cursors.open(asked, forged.toString('base64url'))).reason).to.equal('invalidCursor');
    }
    for (const forged of ['x', '....', `${cursor}A`, `${cursor}=`, ` ${cursor}`, cursor.slice(0, -1), `${cursor}!`])
      expect(refused(() => cursors.open(asked, forged)).reason, forged).to.equal('invalidCursor');
  });

  it('know their count', () => {
    const cursor = cursors.seal(asked, onward);
    const error = refused(() => cursors.open({ ...asked, count: 11 }, cursor));
    expect([error.reason, error.message]).to.deep.equal([
      'invalidCount',
      'count must be 10, as on the first page; or begin again with an empty cursor',
    ]);
    const open = cursors.seal({ ...asked, count: undefined }, onward);
    expect(refused(() => cursors.open(asked, open)).message).to.match(/^count must be absent/);
  });

  it('are good for an hour after their page', () => {
    const cursor = cursors.seal(asked, onward);
    clock += CURSOR_LIFETIME * 1000;
    expect(cursors.open(asked, cursor)).to.deep.equal(onward);
    clock += 1000;
    expect(refused(() => cursors.open(asked, cursor)).reason).to.equal('expiredCursor');
  });

  it('need no key before there is one to seal', () => {
    let asking = 0;
    const lazy = new Cursors('default', () => {
      asking += 1;
      return KEY;
    });
    expect(asking).to.equal(0);
    lazy.seal(asked, onward);
    expect(asking).to.equal(1);
  });
});
