import { expect } from 'chai';
import { notModified, parseTags } from '../../connector/protocol/v1/tags.ts';
import { ScimError } from '../../connector/scim/error.ts';

describe('parseTags', () => {
  for (const [text, tags] of [
    ['', undefined],
    ['  ', undefined],
    ['*', '*'],
    ['*, "123"', '*'],
    ['"7"', ['7']],
    ['W/"7"', ['7']],
    ['"a,b", W/"c d" ,e', ['a,b', 'c d', 'e']],
    ['7', ['7']],
    ['W/7', ['7']],
    ['"", "x"', ['', 'x']],
    [', "x",', ['x']],
  ] as const) {
    it(`reads ${JSON.stringify(text)} (P-3.11-06, -08; G-07; U-17)`, () => {
      expect(parseTags(text, 'If-Match')).to.deep.equal(tags);
    });
  }

  for (const text of ['"x', 'x"', '"a" "b"', 'a b', 'W/"', '"a"b']) {
    it(`refuses ${text} rather than guess (P-3.11-08)`, () => {
      expect(() => parseTags(text, 'If-Match')).to.throw(ScimError, 'If-Match must be * or a list of versions');
    });
  }
});

describe('notModified', () => {
  it('is true for the version, a list that holds it, and any (P-3.11-03)', () => {
    for (const header of ['W/"7"', '"6", W/"7"', '*']) expect(notModified(header, '7')).to.equal(true);
    for (const header of ['', 'W/"70"', '"W/7"']) expect(notModified(header, '7')).to.equal(false);
    expect(notModified('*', undefined)).to.equal(false);
  });
});
