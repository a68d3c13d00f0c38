import { expect } from 'chai';
import fc from 'fast-check';
import { ScimError } from '../../../connector/scim/error.ts';
import type { Filter } from '../../../connector/scim/filter/ast.ts';
import { parseFilter } from '../../../connector/scim/filter/parse.ts';
import type { Path } from '../../../connector/scim/path.ts';
import { written } from './written.ts';

function refusal(text: string): string {
  try {
    parseFilter(text);
  } catch (error) {
    expect(error).to.be.instanceOf(ScimError);
    expect((error as ScimError).reason).to.equal('invalidFilter');
    return (error as ScimError).message;
  }
  throw new Error(`${text} was accepted`);
}

/** SCIM 1.1 API §3.2.2.1, §3.8. */
describe('parseFilter', () => {
  for (const [text, tree] of [
    ['userName Eq "john"', 'userName eq "john"'],
    [' title  pr  and  userType  eq  "Employee" ', '(title pr and userType eq "Employee")'],
    ['title pr and email pr or userType pr', '((title pr and email pr) or userType pr)'],
    ['title pr or email pr and userType pr', '(title pr or (email pr and userType pr))'],
    ['title pr and (email pr or userType pr)', '(title pr and (email pr or userType pr))'],
    ['(title pr or email pr) and userType pr', '((title pr or email pr) and userType pr)'],
    ['(((title pr)))', 'title pr'],
    ['a pr AND b pr Or c PR', '((a pr and b pr) or c pr)'],
    ['a eq true and b eq FALSE', '(a eq true and b eq false)'],
    ['a gt 25 or a lt -25.52 or a eq 1E3', '(a gt 25 or a lt -25.52 or a eq 1000)'],
    ['a eq "q" and foo eq false', '(a eq "q" and foo eq false)'],
    ['userName co "\\ufe00\\"\\n\\t\\\\\\/"', `userName co ${JSON.stringify('\ufe00"\n\t\\/')}`],
    ['a eq "x and (y or z)"', 'a eq "x and (y or z)"'],
    ['urn:ext:1.0:members.value eq "x"', 'urn:ext:1.0:members.value eq "x"'],
    ['and eq "x"', 'and eq "x"'],
    ['pr pr', 'pr pr'],
    ['a eq"x"and b pr', '(a eq "x" and b pr)'],
  ] as const) {
    it(`reads ${text}`, () => {
      expect(written(parseFilter(text))).to.equal(tree);
    });
  }

  it('takes the URN of a path for everything before the last colon, dots and all', () => {
    const filter = parseFilter('urn:scim:schemas:extension:enterprise:1.0:manager.managerId pr');
    const path = { urn: 'urn:scim:schemas:extension:enterprise:1.0', name: 'manager', sub: 'managerId' };
    expect(filter).to.deep.equal({ kind: 'present', path });
  });

  for (const [text, message] of [
    ['', 'filter: expected an attribute name, found the end at position 1'],
    ['foo', 'filter: expected an operator, found the end at position 4'],
    [
      'userName is "x"',
      'filter: the operator "is" is not supported (use eq, co, sw, pr, gt, ge, lt or le) at position 10',
    ],
    ['a eq "x" b', 'filter: expected "and", "or" or the end, found "b" at position 10'],
    ['a eq "x', 'filter: the text that starts here has no closing quote at position 6'],
    ['(a pr', 'filter: expected ")", found the end at position 6'],
    ['a pr)', 'filter: expected "and", "or" or the end, found ")" at position 5'],
    ['a.b.c pr', 'filter: "a.b.c" is not an attribute name at position 1'],
    ['a eq nul', 'filter: expected a value, found "nul" (text needs double quotes) at position 6'],
    ['a eq 01', 'filter: expected a value, found "01" (text needs double quotes) at position 6'],
    ['a eq 1e999', 'filter: expected a value, found "1e999" (text needs double quotes) at position 6'],
    ['a eq (', 'filter: expected a value, found "(" at position 6'],
    ['password eq hunter2', 'filter: expected a value, found something else (text needs double quotes) at position 13'],
    ['a pr and not (b pr)', 'filter: the operator "not" is not supported at position 10'],
  ] as const) {
    it(`says what is wrong with "${text}", and where`, () => {
      expect(refusal(text)).to.equal(message);
    });
  }

  it('takes fifty nested parentheses and not one more', () => {
    const nested = (depth: number): string => `${'('.repeat(depth)}a pr${')'.repeat(depth)}`;
    expect(written(parseFilter(nested(50)))).to.equal('a pr');
    expect(refusal(nested(51))).to.match(/more than 50 nested parentheses at position 51/);
  });

  it('reads long chains without recursion, up to its limit', () => {
    const chain = (count: number): string => Array.from({ length: count }, () => 'a pr').join(' or ');
    expect(parseFilter(chain(2000)))
      .to.have.property('filters')
      .with.length(2000);
    expect(refusal(chain(3000))).to.match(/longer than 16384 characters/);
  });

  it('either reads a text or says why not', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom(...'a"\\() eqprnd.:5') })),
        (text) => {
          try {
            parseFilter(text);
          } catch (error) {
            expect(error).to.be.instanceOf(ScimError);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('reads back every tree it can write', () => {
    const path = fc.record({ name: fc.constantFrom('a', 'b') });
    const { filter } = fc.letrec<{ filter: Filter<Path> }>((tie) => ({
      filter: fc.oneof(
        { depthSize: 'small' },
        fc.record({ kind: fc.constant('present' as const), path }),
        fc.record({
          kind: fc.constant('compare' as const),
          path,
          op: fc.constantFrom('eq' as const, 'co' as const, 'gt' as const),
          value: fc.oneof(fc.string({ unit: 'binary' }), fc.integer(), fc.boolean()),
        }),
        fc.record({
          kind: fc.constantFrom('and' as const, 'or' as const),
          filters: fc.array(tie('filter'), { minLength: 2, maxLength: 3 }),
        }),
      ),
    }));
    fc.assert(
      fc.property(filter, (tree) => {
        const text = written(tree);
        expect(written(parseFilter(text))).to.equal(text);
      }),
    );
  });
});
