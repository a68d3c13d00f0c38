import { expect } from 'chai';
import { decodePatch, decodeResource } from '../../connector/protocol/v1/decode.ts';
import { ScimError } from '../../connector/scim/error.ts';
import { ENTERPRISE_SCHEMA } from '../../connector/scim/schema/names.ts';
import { resourceTypes } from '../../connector/scim/schema/resource-type.ts';

const { User, Group } = resourceTypes({
  app: 'onprem_app',
  users: [
    { name: 'level', type: 'integer' },
    { name: 'ratio', type: 'decimal' },
    { name: 'tags', type: 'list' },
  ],
  groups: [],
});
const URN = 'urn:okta:onprem_app:1.0:user:custom';
const lenient = { dialect: 'compatible' } as const;

const read = (json: string): unknown =>
  decodeResource(User, { userName: 'ana', [URN]: JSON.parse(json) }, lenient).attributes[URN];

/** SCIM 1.1 Core §3.1.4. */
describe('numbers in a body', () => {
  it('are kept when a double holds them', () => {
    for (const json of ['{"x":9007199254740991}', '{"x":-1.5e-300}', '{"level":"12"}', '{"ratio":25.52}']) {
      const [[name, value] = []] = Object.entries(JSON.parse(json));
      expect(read(json), json).to.deep.equal({ [name as string]: Number(value) });
    }
  });

  it('are refused when digits or all of it would be lost', () => {
    for (const number of ['1e999', '-1e999', '12345678901234567890'])
      expect(() => read(`{"x":${number}}`), number).to.throw(ScimError, `${URN}:x is a number that would lose digits`);
    expect(() => read('{"x":[1,1e999]}')).to.throw(ScimError, `${URN}:x is a number`);
    expect(() => read('{"x":{"y":1e999}}')).to.throw(ScimError, `${URN}:x.y is a number`);
    expect(() => read('{"ratio":1e999}')).to.throw(ScimError, `${URN}:ratio is a number`);
    expect(() => read('{"level":1e999}')).to.throw(ScimError, `${URN}:level must be a whole number`);
    expect(() =>
      decodeResource(User, { [ENTERPRISE_SCHEMA]: { employeeNumber: 12345678901234567000 } }, lenient),
    ).to.throw(ScimError, `${ENTERPRISE_SCHEMA}:employeeNumber is a number`);
    expect(() => read('{"ratio":"0x10"}')).to.throw(ScimError, `${URN}:ratio must be a number`);
  });
});

describe('a delete marker on a value of a custom list', () => {
  it('is refused: nothing but the whole list can be changed, and the marker must not become a value', () => {
    for (const name of ['tags', 'loose']) {
      const body = { [URN]: { [name]: ['a', { value: 'b', operation: 'Delete' }] } };
      expect(() => decodePatch(User, body, lenient), name).to.throw(ScimError, `${URN}:${name} changes as a whole`);
    }
    const kept = { loose: { value: 'b', operation: 'delete' } };
    expect(decodePatch(User, { [URN]: kept }, lenient).attributes[URN]).to.deep.equal(kept);
  });
});

describe('members of a group', () => {
  const members = (...list: unknown[]): unknown =>
    decodeResource(Group, { displayName: 'G', members: list }, lenient).attributes['members'];

  it('count once each, in whatever form', () => {
    expect(members('a', { value: 'b', display: 'B' }, { VALUE: 'a' }, { value: 'b', type: 'User' })).to.deep.equal([
      { value: 'a' },
      { value: 'b' },
    ]);
    const odd = ['[false,["x"]]', '-a', '"a', 'constructor'];
    expect(members(...odd)).to.deep.equal(odd.map((value) => ({ value })));
  });

  it('have no key twice, in whatever case', () => {
    for (const element of [
      { value: 'a', Value: 'b' },
      { value: 'a', type: 'User', TYPE: 'x' },
    ])
      expect(() => members(element)).to.throw(ScimError, 'is there twice');
  });

  it('are told apart from those that leave', () => {
    const { attributes, deletions } = decodePatch(
      Group,
      { members: ['a', { value: 'a', operation: 'delete' }] },
      lenient,
    );
    expect(attributes['members']).to.deep.equal([{ value: 'a' }]);
    expect(deletions.map(({ element }) => element)).to.deep.equal([{ value: 'a' }]);
  });
});
