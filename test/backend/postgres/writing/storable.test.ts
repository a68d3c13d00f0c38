import { expect } from 'chai';
import { call, everyone } from '../../../conformance/company.ts';
import { CUSTOM_URN, Group, User } from '../../../conformance/people.ts';
import { rejection } from '../../../support/rejection.ts';
import { twoConnectors } from '../two-connectors.ts';

/** What no text of the database can hold, and what no entry of an index has room for. */
const REFUSED: readonly (readonly [attribute: string, object, text: RegExp])[] = [
  ['userName', { userName: 'a\0b' }, /^userName holds the character U\+0000/],
  ['name.givenName', { userName: 'ann', name: { givenName: '\0' } }, /^name\.givenName holds the character U\+0000/],
  ['emails.value', { userName: 'ann', emails: [{ value: 'x' }, { value: '\ud800' }] }, /^emails\.value holds half of/],
  [`${CUSTOM_URN}:code`, { userName: 'ann', [CUSTOM_URN]: { code: '\udc00x' } }, /:custom:code holds half of/],
  ['a long userName', { userName: 'ä'.repeat(1251) }, /^userName is too long to be found by; up to 2500 bytes/],
  ['a userName that folds to more', { userName: 'ﷺ'.repeat(140) }, /^userName is too long/],
  ['a long externalId', { userName: 'ann', externalId: 'x'.repeat(2501) }, /^externalId is too long/],
  ['a long e-mail', { userName: 'ann', emails: [{ value: 'x'.repeat(2501) }] }, /^emails\.value is too long/],
];

describe('what PostgreSQL cannot store', () => {
  const two = twoConnectors();

  for (const [attribute, attributes, text] of REFUSED)
    it(`is refused by its name before anything is written: ${attribute}`, async () => {
      const refused = await rejection(two.a.create(call, User, attributes as never));
      expect(refused).to.include({ reason: 'invalidValue' });
      expect(refused.message).to.match(text);
      const { id } = await two.a.create(call, User, { userName: 'bob' });
      const changes = Object.entries(attributes).map(([name, value]) =>
        name.startsWith('urn:')
          ? {
              op: 'set' as const,
              path: { extension: name, attribute: 'code' },
              value: (value as { code: string }).code,
            }
          : { op: 'set' as const, path: { attribute: name }, value },
      );
      expect((await rejection(two.a.modify(call, User, id, changes))).message).to.match(text);
      const { total, resources } = await two.b.list(call, User, everyone);
      expect([total, resources[0]?.meta.version, resources[0]?.attributes['userName']]).to.deep.equal([1, '1', 'bob']);
    });

  it('is stored up to where it cannot be', async () => {
    const longest = { userName: 'ä'.repeat(1250), externalId: 'x'.repeat(2500), title: 'x'.repeat(100_000) };
    const { id } = await two.a.create(call, User, { ...longest, emails: [{ value: 'y'.repeat(2500) }] });
    expect((await two.b.get(call, User, id)).attributes).to.include(longest);
  });

  it('is nobody, where it stands for an id', async () => {
    for (const id of ['a\0b', '\ud800']) {
      expect(await rejection(two.a.get(call, User, id))).to.include({ reason: 'notFound' });
      expect(await rejection(two.a.modify(call, User, id, []))).to.include({ reason: 'notFound' });
      expect(await rejection(two.a.delete(call, User, id))).to.include({ reason: 'notFound' });
      const group = { displayName: 'G', members: [{ value: id }] };
      expect(await rejection(two.a.create(call, Group, group))).to.deep.include({ reason: 'invalidValue', ids: [id] });
    }
    expect((await two.a.list(call, Group, everyone)).total).to.equal(0);
  });
});
