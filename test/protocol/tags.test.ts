import { expect } from 'chai';
import { notModified, parseTags } from '../../connector/protocol/entity-tags.ts';
import { ScimError } from '../../connector/scim/error.ts';

/** SCIM 1.1 API §3.11. */
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
    it(`reads ${JSON.stringify(text)}`, () => {
      expect(parseTags(text, 'If-Match')).to.deep.equal(tags);
    });
  }

  for (const text of ['"x', 'x"', '"a" "b"', 'a b', 'W/"', '"a"b']) {
    it(`refuses ${text} rather than guess`, () => {
      expect(() => parseTags(text, 'If-Match')).to.throw(ScimError, 'If-Match must be * or a list of versions');
    });
  }
});

/** SCIM 1.1 API §3.11. */
describe('notModified', () => {
  it('is true for the version, a list that holds it, and any', () => {
    for (const header of ['W/"7"', '"6", W/"7"', '*']) expect(notModified(header, '7')).to.equal(true);
    for (const header of ['', 'W/"70"', '"W/7"']) expect(notModified(header, '7')).to.equal(false);
    expect(notModified('*', undefined)).to.equal(false);
  });
});
