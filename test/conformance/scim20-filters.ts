import { expect } from 'chai';
import fc from 'fast-check';
import type { Backend } from '../../connector/backend/backend.ts';
import { SCIM20 } from '../../connector/scim/filter/grammar.ts';
import { OKTA_GROUP_URN } from '../../connector/scim/schema/custom.ts';
import { ENTERPRISE_SCHEMA } from '../../connector/scim/schema/names.ts';
import { type BoundPath, bindPath, type ResourceType } from '../../connector/scim/schema/resource-type.ts';
import type { Needs } from './abilities.ts';
import { agreement } from './agreement.ts';
import type { MakeBackend } from './backend.ts';
import { type Company, compile, found } from './company.ts';
import { groupFilters, userFilters } from './corpus.ts';
import { ExactGroup, ExactUser } from './exact-view.ts';
import { CUSTOM_URN, Group, OPEN_URN, User } from './people.ts';
import { exactFilters, groupFilters20, userFilters20 } from './scim20-corpus.ts';
import { anyElement, anyTree } from './scim20-trees.ts';

export function describeScim20Filters(make: MakeBackend, needs: Needs): void {
  describe('filters of SCIM 2.0', () => {
    let backend: Backend;
    let company: Company;
    before(async () => {
      backend = await make();
      company = await found(backend);
    });
    after(() => backend.close());

    const agree = agreement(() => backend);
    const agreeOn = (type: ResourceType, text: string): Promise<number> =>
      agree(type, compile(type, company.fill(text), SCIM20));

    for (const [type, filters] of [
      [User, userFilters20],
      [Group, groupFilters20],
      [ExactUser, exactFilters.users],
      [ExactGroup, exactFilters.groups],
    ] as const) {
      const by = type === ExactUser || type === ExactGroup ? ' letter by letter' : '';
      for (const { text, need, findsNobody, depends } of filters) {
        const finds = !findsNobody && (need === undefined || needs.reason(need) === undefined);
        it(`agrees with the definition on ${type.name}s${by}: ${text}`, async () => {
          const count = await agreeOn(type, text);
          if (depends) return;
          expect(count > 0, finds ? 'it finds no one, which proves nothing' : 'it finds somebody').to.equal(finds);
        });
      }
    }

    it('agrees on who has any data in an extension', async () => {
      for (const [type, urn] of [
        [User, ENTERPRISE_SCHEMA],
        [User, CUSTOM_URN],
        [User, OPEN_URN],
        [Group, OKTA_GROUP_URN],
      ] as const) {
        const path = bindPath(type, { urn, name: '' }) as BoundPath;
        const some = await agree(type, { kind: 'present', path });
        const others = await agree(type, { kind: 'not', filter: { kind: 'present', path } });
        expect(some + others, urn).to.equal(type === User ? company.users.length : company.groups.length);
        if (needs.reason('undeclared') === undefined) expect(some, urn).to.be.greaterThan(0);
      }
    });

    // An attribute called "[0]" cannot be named in 2.0.
    const short = (texts: readonly string[]): readonly string[] =>
      texts.filter((text) => text.length < 110 && !text.includes(':[0]'));
    for (const [type, texts] of [
      [User, [...userFilters, ...userFilters20.map(({ text }) => text)]],
      [ExactUser, [...userFilters, ...userFilters20.map(({ text }) => text)]],
      [Group, [...groupFilters, ...groupFilters20.map(({ text }) => text)]],
      [ExactGroup, [...groupFilters, ...groupFilters20.map(({ text }) => text)]],
    ] as const) {
      const exactly = type === ExactUser || type === ExactGroup ? ' letter by letter' : '';
      it(`agrees on any tree over ${type.name}s${exactly}`, async () => {
        await fc.assert(
          fc.asyncProperty(anyTree(short(texts)), (text) => agreeOn(type, text).then(() => undefined)),
          { numRuns: 100 },
        );
      });
    }

    it('agrees on any filter in brackets [R-3.4.2.2-22]', async () => {
      await fc.assert(
        fc.asyncProperty(anyElement, async ([type, text]) => {
          await agreeOn(type === 'User' ? User : Group, text);
          await agreeOn(type === 'User' ? ExactUser : ExactGroup, `not (${text})`);
        }),
        { numRuns: 150 },
      );
    });

    it('agrees on any end of a text, and on any text that is not meant', async () => {
      const text = fc.oneof(
        fc.string({ unit: 'binary', maxLength: 3 }),
        fc.constantFrom('N', 'ö', 'Ö', 'ß', ' ', '-', '%', '_', "'", '\\', '"', '😀', '\u{10ffff}', '', '\u0000'),
      );
      const path = fc.constantFrom(
        'userName',
        'title',
        'emails',
        'phoneNumbers',
        'externalId',
        'name.familyName',
        'groups.display',
      );
      const operator = fc.constantFrom('ew', 'ne', 'sw', 'co');
      await fc.assert(
        fc.asyncProperty(path, operator, text, fc.boolean(), async (name, op, value, isNegated) => {
          const one = `${name} ${op} ${JSON.stringify(value)}`;
          await agreeOn(value.length % 2 ? User : ExactUser, isNegated ? `not (${one})` : one);
        }),
        { numRuns: 300 },
      );
    });
  });
}
