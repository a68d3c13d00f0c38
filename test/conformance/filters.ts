import { expect } from 'chai';
import fc from 'fast-check';
import type { Backend } from '../../connector/backend/backend.ts';
import type { Change } from '../../connector/scim/change.ts';
import type { Value } from '../../connector/scim/resource.ts';
import type { Needs } from './abilities.ts';
import { agreement } from './agreement.ts';
import type { MakeBackend } from './backend.ts';
import { type Company, call, compile, found } from './company.ts';
import { findNobody, groupFilters, needOf, userFilters } from './corpus.ts';
import { Group, User } from './people.ts';

export function describeFilters(make: MakeBackend, needs: Needs): void {
  describe('filters', () => {
    let backend: Backend;
    let company: Company;
    before(async () => {
      backend = await make();
      company = await found(backend);
    });
    after(() => backend.close());

    const agree = agreement(() => backend);

    for (const [type, texts] of [
      [User, userFilters],
      [Group, groupFilters],
    ] as const) {
      for (const text of texts) {
        const need = needOf(text);
        const finds = !findNobody.has(text) && (need === undefined || needs.reason(need) === undefined);
        it(`agrees with the definition on ${type.name}s: ${text.slice(0, 90)}`, async () => {
          const count = await agree(type, compile(type, company.fill(text)));
          expect(count > 0, finds ? 'it finds no one, which proves nothing' : 'it finds somebody').to.equal(finds);
        });
      }
    }

    it('finds changed values under what they are now, not what they were', async () => {
      const { id } = await backend.create(call, User, {
        userName: 'was',
        externalId: 'x-was',
        emails: [{ value: 'was@x.org' }],
      });
      const set = (attribute: string, value: Value): Change => ({ op: 'set', path: { attribute }, value });
      const change = [set('userName', 'is'), set('externalId', 'x-is'), set('emails', [{ value: 'is@x.org' }])];
      await backend.modify(call, User, id, change);
      for (const [text, count] of [
        ['userName eq "was"', 0],
        ['userName eq "IS"', 1],
        ['externalId eq "x-was"', 0],
        ['externalId eq "x-is"', 1],
        ['emails eq "was@x.org"', 0],
        ['emails eq "is@x.org"', 1],
      ] as const) {
        expect(await agree(User, compile(User, text)), text).to.equal(count);
      }
      await backend.modify(call, User, id, [{ op: 'unset', path: { attribute: 'emails' } }]);
      expect(await agree(User, compile(User, 'emails eq "is@x.org"'))).to.equal(0);
      await backend.delete(call, User, id);
      expect(await agree(User, compile(User, 'externalId eq "x-is"'))).to.equal(0);
    });

    it('agrees on any combination', async () => {
      const term = fc.constantFrom(...userFilters.filter((text) => text.length < 90));
      const filter = fc.letrec<{ tree: string }>((tie) => ({
        tree: fc.oneof(
          { maxDepth: 3, depthSize: 'small' },
          term,
          fc.tuple(tie('tree'), fc.constantFrom('and', 'or'), tie('tree')).map(([a, op, b]) => `(${a} ${op} ${b})`),
        ),
      }));
      await fc.assert(
        fc.asyncProperty(filter.tree, async (text) => {
          await agree(User, compile(User, company.fill(text)));
        }),
        { numRuns: 150 },
      );
    });

    it('agrees on any text compared by any operator', async () => {
      const text = fc.oneof(
        fc.string({ unit: 'binary', maxLength: 3 }),
        fc.constantFrom('A', 'b', 'ö', 'Ö', 'ß', 'İ', '%', '_', "'", '\\', '"', '😀', '\uffee', '\u{10ffff}', ''),
      );
      const operator = fc.constantFrom('eq', 'co', 'sw', 'gt', 'ge', 'lt', 'le');
      const path = fc.constantFrom('userName', 'title', 'emails', 'externalId', 'name.familyName', 'groups.display');
      await fc.assert(
        fc.asyncProperty(path, operator, text, async (name, op, value) => {
          await agree(User, compile(User, `${name} ${op} ${JSON.stringify(value)}`));
        }),
        { numRuns: 300 },
      );
    });
  });
}
