import { expect } from 'chai';
import type { ScimError } from '../../../connector/scim/error.ts';
import { parseValuePath } from '../../../connector/scim/filter/parse.ts';
import { formatPath } from '../../../connector/scim/path.ts';
import { written } from './written.ts';

function shape(text: string): readonly (string | undefined)[] {
  const { path, filter, sub } = parseValuePath(text);
  return [formatPath(path), filter && written(filter), sub];
}

function refusal(text: string): string {
  try {
    parseValuePath(text);
  } catch (error) {
    expect((error as ScimError).reason).to.equal('invalidPath');
    return (error as ScimError).message;
  }
  throw new Error(`${text} was accepted`);
}

/** RFC 7644 §3.5.2, figure 1. */
describe('parseValuePath', () => {
  for (const [text, ...expected] of [
    ['userName', 'userName', undefined, undefined],
    ['name.givenName', 'name.givenName', undefined, undefined],
    ['members[value eq"id"]', 'members', 'members.value eq "id"', undefined],
    [
      'emails[type eq "work" and value ew "x.org"].display',
      'emails',
      '(emails.type eq "work" and emails.value ew "x.org")',
      'display',
    ],
    ['emails[not (primary eq true)]', 'emails', 'not (emails.primary eq true)', undefined],
    [
      'urn:ietf:params:scim:schemas:core:2.0:User:emails[Type EQ "work"].Value',
      'urn:ietf:params:scim:schemas:core:2.0:User:emails',
      'urn:ietf:params:scim:schemas:core:2.0:User:emails.Type eq "work"',
      'Value',
    ],
    ['urn:x:2.0:User:manager', 'urn:x:2.0:User:manager', undefined, undefined],
  ] as const) {
    it(`reads ${text}`, () => {
      expect(shape(text)).to.deep.equal(expected);
    });
  }

  for (const [text, message] of [
    ['', 'path: expected an attribute name, found the end at position 1'],
    ['a.b.c', 'path: "a.b.c" is not an attribute name at position 1'],
    ['name . givenName', 'path: expected the end of the path, found "." at position 6'],
    [
      'emails[0].value',
      'path: elements have no numbers; choose them by a filter, as in emails[type eq "work"], at position 7',
    ],
    ['emails[type eq "work"].value.x', 'path: ".value.x" is not the name of a part at position 23'],
    ['emails[type eq "work"', 'path: expected "]", found the end at position 22'],
    ['emails[type eq work]', 'path: expected a value, found "work" (text needs double quotes) at position 16'],
    [
      'emails[type[value pr] pr]',
      'path: inside [ ] name a part of emails alone, such as value, found "type" at position 8',
    ],
    ['emails[type eq "work"] pr', 'path: expected the end of the path, found "pr" at position 24'],
    ['"x"', 'path: expected an attribute name, found "x" at position 1'],
  ] as const) {
    it(`says what is wrong with "${text}", and where`, () => {
      expect(refusal(text)).to.equal(message);
    });
  }

  it('keeps to the limits of a filter', () => {
    expect(refusal(`a[${'('.repeat(40)}`)).to.match(/more than 32 parentheses/);
    expect(refusal('a'.repeat(9000))).to.equal('path: longer than 8192 characters');
  });
});
