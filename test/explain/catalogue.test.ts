import { expect } from 'chai';
import { areas, CATALOGUE, CODES } from '../../connector/explain/catalogue.ts';
import { readPasted } from '../../connector/explain/pasted-text.ts';
import { recognise } from '../../connector/explain/recognise.ts';

/** As long as a text with its reference may be. */
const LONGEST = 200;
const REFERENCE = ' (ref K7Q2-91XM)';

describe('catalogue of faults', () => {
  it('lists every code once', () => {
    const listed = areas.flatMap(({ faults }) => [...faults.keys()]);
    expect(listed).to.have.members(CODES);
    expect(listed).to.have.length(new Set(listed).size);
  });

  for (const code of CODES) {
    const { example, title, meaning, fix } = CATALOGUE[code];

    it(`${code} is known by its text`, () => {
      expect(recognise(readPasted(example))).to.equal(code);
      expect(recognise(readPasted(example + REFERENCE))).to.equal(code);
    });

    it(`${code} reads well`, () => {
      expect(code).to.match(/^[a-z0-9]+(-[a-z0-9]+)+$/);
      expect(code.length).to.be.at.most(34);
      expect(title).to.match(/^[A-Z].*[^.]$/);
      expect(title.length, title).to.be.at.most(75);
      expect(meaning).to.match(/^[A-Za-z0-9].*\.$/s);
      expect(fix).to.have.length.above(0);
      for (const step of fix) if (typeof step === 'string') expect(step).to.match(/^["'\w].*[.:…]$/s);
      expect((example + REFERENCE).length, example).to.be.at.most(LONGEST);
    });
  }
});
