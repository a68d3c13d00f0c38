import { expect } from 'chai';
import type { Reply, Speaker } from '../../support/start-server.ts';
import { type ClientPatch, ENTRA, GROUPS, OKTA } from './client-patches.ts';

const SCHEMAS = ['urn:ietf:params:scim:api:messages:2.0:PatchOp'];
const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';

/** What stands at a dotted path, where URNs have dots too. */
function at(body: unknown, path: string): unknown {
  const urn = /^(urn:.*:User)\.?(.*)$/.exec(path);
  const keys = urn ? [urn[1] ?? '', ...(urn[2] ?? '').split('.').filter(Boolean)] : path.split('.');
  return keys.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], body);
}

/** Declares the tests of all clients' bodies. @param speak  where; asked when a test runs */
export function patchedByClients(speak: () => Speaker, names: (number: number) => string): void {
  const make = async (userName: string): Promise<string> => {
    const person = { schemas: [USER], userName, displayName: userName, name: { familyName: 'S' } };
    const emails = [{ value: userName.replace(/@.*|$/, '@corp.test'), type: 'work', primary: true }];
    const { body, text } = await speak().request('POST', '/Users', { ...person, emails });
    expect(body.id, text).to.be.a('string');
    return body.id as string;
  };
  const patch = (path: string, operations: readonly object[]): Promise<Reply> =>
    speak().request('PATCH', path, { schemas: SCHEMAS, Operations: operations });

  for (const [client, all] of [
    ['Entra', ENTRA],
    ['Okta', OKTA],
  ] as const)
    describe(`a person, by ${client}`, () => {
      let [id, boss] = ['', ''];
      before(async () => {
        [id, boss] = [await make(names(0)), await make(names(1))];
      });
      after(async () => {
        for (const one of [id, boss]) await speak().request('DELETE', `/Users/${one}`);
      });
      const filled = <T>(value: T): T => JSON.parse(JSON.stringify(value).replaceAll('{boss}', boss)) as T;
      for (const { what, operations, expected } of all as readonly ClientPatch[])
        it(what, async () => {
          const reply = await patch(`/Users/${id}`, filled(operations));
          expect(reply.status, reply.text).to.equal(200);
          const { body } = await speak().request('GET', `/Users/${id}`);
          expect(reply.body).to.deep.equal(body);
          for (const [path, value] of Object.entries(expected)) {
            const wanted = value === '{boss}' ? boss : value;
            expect(at(body, path), `${path} of ${reply.text}`).to.deep.equal(wanted);
          }
          // Once more it says nothing new, unless it holds a password, which nobody can compare.
          if (JSON.stringify(operations).includes('password')) return;
          const again = await patch(`/Users/${id}`, filled(operations));
          expect(again.body.meta, again.text).to.deep.equal(body.meta);
        });
    });

  it('a person is found by a type that the store has another word for', async () => {
    const id = await make(names(2));
    const address = names(2).replace(/@.*|$/, '@corp.test');
    const found = async (filter: string): Promise<readonly string[]> => {
      const { body, text } = await speak().request('GET', `/Users?filter=${encodeURIComponent(filter)}`);
      expect(body.Resources, text).to.be.an('array');
      return body.Resources.map((one: { id: string }) => one.id);
    };
    expect(await found(`emails[type eq "work"].value eq "${address}"`)).to.deep.equal([id]);
    expect(await found(`emails[type eq "work" and value sw "${address}"]`)).to.deep.equal([id]);
    expect(await found(`emails[type eq "home" and value eq "${address}"]`)).to.deep.equal([]);
    await speak().request('DELETE', `/Users/${id}`);
  });

  describe('a group', () => {
    let group = '';
    let ids: string[] = [];
    before(async () => {
      ids = [await make(names(0)), await make(names(1)), await make(names(2))];
      const reply = await speak().request('POST', '/Groups', { schemas: ['x'], displayName: 'pushed' });
      group = reply.body.id;
    });
    after(async () => {
      for (const one of ids) await speak().request('DELETE', `/Users/${one}`);
    });
    for (const { what, operations, members, name } of GROUPS)
      it(what, async () => {
        const { status, text } = await patch(
          `/Groups/${group}`,
          operations((number) => ids[number] ?? ''),
        );
        expect([status, text]).to.deep.equal([204, '']);
        const { body } = await speak().request('GET', `/Groups/${group}`);
        const now = (body.members as { value: string }[]).map(({ value }) => ids.indexOf(value)).sort();
        expect(now).to.deep.equal(members);
        if (name !== undefined) expect(body.displayName).to.equal(name);
      });
  });
}
