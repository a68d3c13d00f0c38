import fc from 'fast-check';
import type { Backend } from '../../../../connector/backend/backend.ts';
import type { Filter } from '../../../../connector/scim/filter/ast.ts';
import type { BoundPath } from '../../../../connector/scim/schema/resource-type.ts';
import { agreement } from '../../../conformance/agreement.ts';
import { compile, found } from '../../../conformance/company.ts';
import { ExactUser } from '../../../conformance/exact-view.ts';
import { CUSTOM_URN, OPEN_URN, User } from '../../../conformance/people.ts';
import { needsPostgres } from '../../../support/postgres/installed.ts';
import { openedPeople } from '../opened.ts';

const PATHS = [
  'userName',
  'externalId',
  'emails',
  'title',
  'name.familyName',
  'phoneNumbers.value',
  'groups.display',
  'id',
  `${CUSTOM_URN}:skills`,
  `${CUSTOM_URN}:code`,
  `${OPEN_URN}:tags`,
];

/** Many that somebody has, and what a list of PostgreSQL would be broken by. */
const text = fc.oneof(
  fc.constantFrom(
    'BJensen',
    'ext-701',
    'zed@example.com',
    '100%',
    'Straße',
    '1',
    'everybody',
    'SQL',
    'abc',
    'one',
    '42',
  ),
  fc.constantFrom('"', '\\', ',', '{}', 'NULL', '', ' ', "'", '\u0000', 'a\u0000b', '😀', '\u{10ffff}', 'a","b'),
  fc.string({ unit: 'binary', maxLength: 3 }),
);

before(needsPostgres);

describe('many texts of one attribute in a filter of PostgreSQL', () => {
  let backend: Backend;
  before(async () => {
    backend = await openedPeople();
    await found(backend);
  });
  after(() => backend.close());

  it('mean what each of them means', async () => {
    const agree = agreement(() => backend);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...PATHS),
        fc.array(text, { minLength: 3, maxLength: 8 }),
        fc.boolean(),
        async (path, texts, isNegated) => {
          const type = texts.length % 2 ? User : ExactUser;
          const filters = [
            ...texts.map((one) => compile(type, `${path} eq ${JSON.stringify(one)}`)),
            compile(type, 'userName sw "zed"'),
          ];
          const either: Filter<BoundPath> = { kind: 'or', filters };
          await agree(type, isNegated ? { kind: 'not', filter: either } : either);
        },
      ),
      { numRuns: 300 },
    );
  });
});
