import { expect } from 'chai';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { loadText, problemsOf } from './load-support.ts';

/** A table of [apps.default.entitlements], and all that is said about it. */
const REFUSED: readonly (readonly [what: string, text: string, problems: readonly string[]])[] = [
  [
    'a name that SCIM has',
    '[apps.default.entitlements.Group]\n',
    ['connector.toml:2: apps.default.entitlements.Group: the name is taken by SCIM itself; choose another'],
  ],
  [
    'an endpoint of SCIM, or of another type',
    '[apps.default.entitlements]\nA = { endpoint = "/users" }\nB = { endpoint = "/Cs" }\nC = {}\n',
    [
      'connector.toml:3: apps.default.entitlements.A.endpoint: /users is an endpoint of SCIM; choose another',
      'connector.toml:5: apps.default.entitlements.C.endpoint: /Cs is the endpoint of B too; choose another',
    ],
  ],
  [
    'a second role',
    '[apps.default.entitlements]\nRole = {}\nDuty = { kind = "role" }\n',
    [
      'connector.toml:4: apps.default.entitlements.Duty.kind: Role is of kind "role" already, and roles of people do not say their type; set kind = "entitlement"',
    ],
  ],
  [
    "a URN of the standard's",
    '[apps.default.users]\nschema_urn = "urn:ietf:params:scim:schemas:x:2.0:User"\n',
    [
      'connector.toml:3: apps.default.users.schema_urn: must look like "urn:example:scim:schemas:extension:hr:1.0:User", and not begin with urn:ietf: or urn:okta:',
    ],
  ],
  [
    'a name with a blank',
    '[apps.default.entitlements."Big car"]\n',
    [
      'connector.toml:2: apps.default.entitlements.Big car: is no name for a type of entitlements; use letters, digits, "-" and "_", a letter first',
    ],
  ],
];

describe('kinds of entitlements in the configuration', () => {
  const at = temporaryFolder();

  it('have a kind, an endpoint and a description by their names', async () => {
    const { config } = await loadText(
      at.path,
      '[apps.default.entitlements]\nRole = {}\nPolicy = { single = true }\nAccess = { list = { a = "A" } }\n',
    );
    expect(config.apps[0]?.entitlements).to.deep.equal([
      { name: 'Role', kind: 'role', endpoint: '/Roles', description: 'Role', single: false },
      { name: 'Policy', kind: 'entitlement', endpoint: '/Policies', description: 'Policy', single: true },
      {
        name: 'Access',
        kind: 'entitlement',
        endpoint: '/Access',
        description: 'Access',
        single: false,
        list: { a: 'A' },
      },
    ]);
  });

  for (const [what, text, problems] of REFUSED) {
    it(`are refused with ${what}`, async () => {
      expect(await problemsOf(at.path, loadText(at.path, text))).to.deep.equal(problems);
    });
  }
});
