import { expect } from 'chai';
import fc from 'fast-check';
import { parseDateTime } from '../../../../connector/scim/date-time.ts';
import { needsPostgres } from '../../../support/postgres/installed.ts';
import { type PeopleDatabase, peopleDatabase } from '../../../support/postgres/people-database.ts';

/** Two digits, or now and then not. */
const two = (most: number) => fc.integer({ min: 0, max: most }).map((n) => String(n).padStart(2, '0'));
const zone = fc.oneof(
  fc.constantFrom('', 'Z', 'z'),
  fc.tuple(fc.constantFrom('+', '-', ' '), two(15), two(61)).map(([sign, h, m]) => `${sign}${h}:${m}`),
);
const fraction = fc.oneof(
  fc.constant(''),
  fc.integer({ min: 0, max: 99_999 }).map((n) => `.${n}`),
);
const written = fc
  .tuple(fc.integer({ min: 0, max: 9999 }), two(13), two(32), two(25), two(61), two(61), fraction, zone)
  .map(([y, mo, d, h, mi, s, f, z]) => `${String(y).padStart(4, '0')}-${mo}-${d}T${h}:${mi}:${s}${f}${z}`);

const EDGES = [
  '2012-02-29T24:00:00Z',
  '2012-02-29T24:00:00.1Z',
  '1900-02-29T00:00:00Z',
  '2000-02-29T00:00:00Z',
  '0000-02-29T00:00:00Z',
  '0000-01-01T00:00:00Z',
  '9999-12-31T23:59:59.9999-14:00',
  '2011-05-13T04:42:34 02:00',
  '\u00a02011-05-13t04:42:34z\ufeff',
  '2011-05-13T04:42:34+14:01',
  '2011',
  '',
  '٢٠١١-05-13T04:42:34Z',
];

describe('the instant of a text in PostgreSQL', () => {
  let database: PeopleDatabase;
  before(async function open() {
    await needsPostgres.call(this);
    database = await peopleDatabase();
  });
  after(() => database.giveBack());

  const instants = async (texts: readonly string[]): Promise<readonly (number | undefined)[]> => {
    const rows = await database.fresh.admin<{ at: string | null }>(
      'SELECT scim.instant(t) AS at FROM unnest($1::text[]) WITH ORDINALITY AS g (t, n) ORDER BY n',
      [texts],
    );
    return rows.map(({ at }) => (at === null ? undefined : Number(at)));
  };

  it('is what the definition says, and no error where it is none', async () => {
    expect(await instants(EDGES)).to.deep.equal(EDGES.map(parseDateTime));
    const many = fc.array(
      fc.oneof(
        written,
        fc.string().filter((text) => !text.includes('\0') && text.isWellFormed()),
      ),
      {
        minLength: 200,
        maxLength: 400,
      },
    );
    await fc.assert(
      fc.asyncProperty(many, async (texts) => {
        expect(await instants(texts)).to.deep.equal(texts.map(parseDateTime));
      }),
      { numRuns: 10 },
    );
  });
});
