import { expect } from 'chai';
import fc from 'fast-check';
import { toldText } from '../../connector/protocol/told-text.ts';

const REF = 'K7Q2-91XM';

describe('text of an error', () => {
  it('stays as it is where it fits', () => {
    const text = 'x'.repeat(184);
    expect(toldText(text, REF)).to.equal(`${text} (ref K7Q2-91XM)`);
  });

  it('loses the ends of values first, and keeps the attribute and the fix', () => {
    const value = 'v'.repeat(80);
    const text = toldText(
      `userName (uid) "${value}" or cn "${value}" is already in use by another entry; change users.rdn`,
      REF,
    );
    expect(text).to.equal(
      `userName (uid) "${'v'.repeat(23)}…" or cn "${'v'.repeat(23)}…" is already in use by another entry; change users.rdn (ref K7Q2-91XM)`,
    );
  });

  it('loses its middle where that is not enough', () => {
    const text = toldText(`title is wrong: ${'because '.repeat(60)}; correct its line in users.map`, REF);
    expect(text).to.have.length.at.most(200);
    expect(text).to.match(/^title is wrong: because .* … .*; correct its line in users\.map \(ref K7Q2-91XM\)$/);
  });

  it('never has more than 200 characters, half a character, or another end', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (message) => {
        const text = toldText(message, REF);
        expect(text.length).to.be.at.most(200);
        expect(text.endsWith(' (ref K7Q2-91XM)')).to.equal(true);
        expect(text.isWellFormed()).to.equal(true);
      }),
    );
  });
});
