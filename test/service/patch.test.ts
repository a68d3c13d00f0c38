import { expect } from 'chai';
import { decodePatch } from '../../connector/protocol/v1/decode.ts';
import type { Attributes } from '../../connector/scim/resource.ts';
import { resourceTypes } from '../../connector/scim/schema/resource-type.ts';
import { patched } from '../../connector/service/patch.ts';

const { User } = resourceTypes({
  app: 'onprem_app',
  users: [{ name: 'tags', type: 'list' }],
  groups: [],
});
const URN = 'urn:okta:onprem_app:1.0:user:custom';

const patch = (current: Attributes, body: object): Attributes =>
  patched(User, { userName: 'ana', ...current }, decodePatch(User, body, { dialect: 'compatible' }));

const numbered = (letter: string, count: number): string[] => Array.from({ length: count }, (_, i) => `${letter}${i}`);

// Looking at everything for everything would take minutes, far beyond the runner's limit.
describe('a long PATCH', () => {
  it('adds twenty thousand values to a custom list of as many', () => {
    const result = patch(
      { [URN]: { tags: numbered('a', 20_000) } },
      { [URN]: { tags: ['a1', ...numbered('b', 20_000)] } },
    );
    expect(result[URN]).to.deep.equal({ tags: [...numbered('a', 20_000), ...numbered('b', 20_000)] });
  });

  it('removes one sub-attribute twenty thousand times', () => {
    const roles = numbered('r', 20_000).map((value) => ({ value, type: 'x' }));
    const names = [...Array.from({ length: 20_000 }, () => 'roles.type'), 'name.givenName', `${URN}:desk.floor`];
    const current = {
      roles,
      name: { givenName: 'Ana', familyName: 'Silva' },
      [URN]: { desk: { floor: 3 }, tags: ['a'] },
    };
    expect(patch(current, { meta: { attributes: names } })).to.deep.equal({
      userName: 'ana',
      roles: roles.map(({ value }) => ({ value })),
      name: { familyName: 'Silva' },
      [URN]: { tags: ['a'] },
    });
  });

  it('leaves alone what only objects inherit', () => {
    const names = [`${URN}:constructor.name`, `${URN}:toString`];
    expect(patch({ [URN]: { tags: ['a'] } }, { meta: { attributes: names } })[URN]).to.deep.equal({ tags: ['a'] });
  });
});
