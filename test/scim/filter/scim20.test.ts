import { expect } from 'chai';
import fc from 'fast-check';
import { ScimError } from '../../../connector/scim/error.ts';
import type { Filter } from '../../../connector/scim/filter/ast.ts';
import { SCIM20 } from '../../../connector/scim/filter/grammar.ts';
import { parseFilter } from '../../../connector/scim/filter/parse.ts';
import type { Path } from '../../../connector/scim/path.ts';
import { written } from './written.ts';

const parse = (text: string): Filter<Path> => parseFilter(text, SCIM20);

function refusal(text: string): string {
  try {
    parse(text);
  } catch (error) {
    expect(error).to.be.instanceOf(ScimError);
    expect((error as ScimError).reason).to.equal('invalidFilter');
    return (error as ScimError).message;
  }
  throw new Error(`${text} was accepted`);
}

/** RFC 7644 §3.4.2.2. */
describe('filters of SCIM 2.0', () => {
  for (const [text, tree] of [
    ['a ne "x"', 'not (a eq "x")'],
    ['a EW "x"', 'a ew "x"'],
    ['not (a pr)', 'not (a pr)'],
    ['NOT(a pr)', 'not (a pr)'],
    ['not (a pr) and b pr or c pr', '((not (a pr) and b pr) or c pr)'],
    ['a pr or b pr and c pr', '(a pr or (b pr and c pr))'],
    ['a eq null', 'not (a pr)'],
    ['a ne NULL', 'a pr'],
    ['not pr', 'not pr'],
    ['not eq "x"', 'not eq "x"'],
    ['emails[type eq "work" and value co "@x"]', 'emails[(type eq "work" and value co "@x")]'],
    ['emails[not (primary eq true)]', 'emails[not (primary eq true)]'],
    ['emails[type ne "work" or (value pr)]', 'emails[(not (type eq "work") or value pr)]'],
    ['EMAILS[ Type EQ "work" ].Value Eq "a@x"', 'EMAILS[(Type eq "work" and Value eq "a@x")]'],
    ['emails[type eq "work"].value pr and b pr', '(emails[(type eq "work" and value pr)] and b pr)'],
    ['emails[type eq "work"].value ne "x"', 'not (emails[(type eq "work" and value eq "x")])'],
    ['emails[type eq "work"].value eq null', 'not (emails[(type eq "work" and value pr)])'],
    ['members[value eq"id"]', 'members[value eq "id"]'],
    ['urn:a:2.0:User:emails[type pr]', 'urn:a:2.0:User:emails[type pr]'],
    ['a eq "x[0]"', 'a eq "x[0]"'],
  ] as const) {
    it(`reads ${text}`, () => {
      expect(written(parse(text))).to.equal(tree);
    });
  }

  it('takes 2.0 for a part of the URN, not of the attribute', () => {
    expect(parse('urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value pr')).to.deep.equal({
      kind: 'present',
      path: { urn: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User', name: 'manager', sub: 'value' },
    });
  });

  for (const [text, message] of [
    [
      'a nq "x"',
      'filter: the operator "nq" is not supported (use eq, ne, co, sw, ew, pr, gt, ge, lt or le) at position 3',
    ],
    ['not a pr', 'filter: "not" needs parentheses, as in not (title pr), at position 1'],
    ['not', 'filter: expected an operator, found the end at position 4'],
    ['not (a pr', 'filter: expected ")", found the end at position 10'],
    ['not ()', 'filter: expected an attribute name, found ")" at position 6'],
    ['a gt null', 'filter: null is compared by eq or ne at position 6'],
    ['a eq jyoung', 'filter: expected a value, found "jyoung" (text needs double quotes) at position 6'],
    ["a eq 'x'", `filter: expected a value, found "'x'" (text needs double quotes, not single ones) at position 6`],
    ['a eq “x”', 'filter: expected a value, found "“x”" (text needs straight double quotes) at position 6'],
    ['emails[]', 'filter: expected an attribute name, found "]" at position 8'],
    ['emails[type eq "x"', 'filter: expected "]", found the end at position 19'],
    ['emails[type eq "x")', 'filter: expected "]", found ")" at position 19'],
    ['(emails pr]', 'filter: expected ")", found "]" at position 11'],
    ['emails.type[value pr]', 'filter: "[" follows the name of a list, not of a part at position 12'],
    [
      'emails[value[type pr] pr]',
      'filter: inside [ ] name a part of emails alone, such as value, found "value" at position 8',
    ],
    [
      'emails[emails.type eq "x"]',
      'filter: inside [ ] name a part of emails alone, such as value, found "emails.type" at position 8',
    ],
    ['emails[type pr].value', 'filter: expected an operator, found the end at position 22'],
    ['emails[type pr].a.b pr', 'filter: ".a.b" is not the name of a part at position 16'],
    ['emails[type pr] .value pr', 'filter: expected "and", "or" or the end, found ".value" at position 17'],
    ['emails[type pr][value pr]', 'filter: expected "and", "or" or the end, found "[" at position 16'],
    ['[type pr]', 'filter: expected an attribute name, found "[" at position 1'],
  ] as const) {
    it(`says what is wrong with ${text}, and where`, () => {
      expect(refusal(text)).to.equal(message);
    });
  }

  it('keeps to its limits: length, depth, comparisons', () => {
    const nested = (depth: number): string => `${'not ('.repeat(depth - 1)}emails[type pr]${')'.repeat(depth - 1)}`;
    expect(parse(nested(32))).to.have.property('kind', 'not');
    expect(refusal(nested(33))).to.match(/more than 32 parentheses and brackets within one another at position 167/);
    const chain = (count: number): string => Array.from({ length: count }, () => 'a pr').join(' or ');
    expect(parse(chain(200)))
      .to.have.property('filters')
      .with.length(200);
    expect(refusal(chain(201))).to.match(/more than 200 comparisons at position/);
    const long = (length: number): string => `a eq "${'x'.repeat(length - 7)}"`;
    expect(parse(long(8192))).to.have.property('kind', 'compare');
    expect(refusal(long(8193))).to.equal('filter: longer than 8192 characters');
  });

  it('leaves 1.1 what it was', () => {
    for (const text of ['a ne "x"', 'a ew "x"', 'a eq null', 'not (a pr)', 'emails[type eq "work"] pr and a eq null']) {
      expect(() => parseFilter(text), text).to.throw(ScimError, /^filter: /);
    }
    expect(() => parseFilter('emails[type eq "x"]')).to.throw('expected "and", "or" or the end, found "]"');
  });

  it('either reads a text or says why not', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'a"\\()[] .:ot', 'not ', ' eq ', ' ne ', '"x"', 'null') }),
        (text) => {
          try {
            parse(text);
          } catch (error) {
            expect(error).to.be.instanceOf(ScimError);
          }
        },
      ),
      { numRuns: 3000 },
    );
  });
});
