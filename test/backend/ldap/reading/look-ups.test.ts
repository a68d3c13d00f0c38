import { expect } from 'chai';
import type { Test } from '../../../../connector/backend/ldap/directory/filter.ts';
import { equals } from '../../../../connector/backend/ldap/directory/filter.ts';
import { LdapFailure } from '../../../../connector/backend/ldap/directory/ldap-failure.ts';
import { RESULT } from '../../../../connector/backend/ldap/directory/result-code.ts';
import type { LdapBackend } from '../../../../connector/backend/ldap/ldap-backend.ts';
import { LookUps } from '../../../../connector/backend/ldap/reading/look-ups.ts';
import { bindFilter } from '../../../../connector/scim/filter/bind.ts';
import { parseFilter } from '../../../../connector/scim/filter/parse.ts';
import type { Complex, Resource } from '../../../../connector/scim/resource.ts';
import { directoryLab } from '../../../support/directories/directory-lab.ts';
import { openBackend, types } from '../../../support/directories/ldap-backend.ts';
import { groupsLdif, peopleLdif } from '../../../support/directories/people.ts';
import { call, leave, verbs } from '../../../support/directories/scim.ts';
import { Meter } from '../../../support/directories/watched.ts';

const never = new AbortController().signal;
const named = (name: string): Test => equals('uid', name);

describe('look-ups of one turn', () => {
  it('are one search, of as many as it takes, and of one kind', async () => {
    const lookUps = new LookUps();
    const asked: string[] = [];
    const read = async (test: Test): Promise<readonly Resource[]> => {
      asked.push(String(test));
      return [];
    };
    await Promise.all(Array.from({ length: 17 }, (_, i) => lookUps.find('a', named(`u${i}`), never, read)));
    expect(asked.map((text) => text.match(/uid=/g)?.length)).to.deep.equal([16, 1]);
    asked.length = 0;
    await Promise.all(['a', 'b'].map((kind) => lookUps.find(kind, named('u'), never, read)));
    expect(asked).to.have.length(2);
  });

  it('do not lose each other: who gives up leaves alone, and what refuses one is asked again for the others', async () => {
    const lookUps = new LookUps();
    const refused = new LdapFailure('no', { code: RESULT.unwillingToPerform });
    const read = (test: Test): Promise<readonly Resource[]> =>
      String(test).includes('bad') ? Promise.reject(refused) : Promise.resolve([]);
    const gone = new AbortController();
    const outcomes = Promise.allSettled([
      lookUps.find('a', named('good'), never, read),
      lookUps.find('a', named('bad'), never, read),
      lookUps.find('a', named('fine'), gone.signal, read),
    ]);
    gone.abort();
    expect((await outcomes).map(({ status }) => status)).to.deep.equal(['fulfilled', 'rejected', 'rejected']);
  });

  it('fail together when the directory is gone', async () => {
    const lookUps = new LookUps();
    let asked = 0;
    const read = (): Promise<never> => {
      asked += 1;
      return Promise.reject(new LdapFailure('lost'));
    };
    await Promise.allSettled(['a', 'b', 'c'].map((name) => lookUps.find('a', named(name), never, read)));
    expect(asked).to.equal(1);
  });
});

const PEOPLE = 200;
const AT_ONCE = 16;

for (const name of ['openldap', '389ds', 'samba'] as const) {
  describe(`sixteen look-ups at once on ${name}`, () => {
    const server = directoryLab(name);
    const meter = new Meter();
    let backend: LdapBackend;
    before(async () => {
      const { flavour } = server.lab;
      await server.lab.apply(peopleLdif(flavour, PEOPLE) + groupsLdif(flavour, 20, 10, PEOPLE));
      // Groups are asked, where nobody vouches for memberOf.
      backend = await openBackend(server.lab, { ldap: { member_of: 'never' } }, types, meter.wrap);
    });
    after(() => backend?.close());

    const domain = name === 'samba' ? '@lab.example.com' : '';
    const userName = (n: number): string => `user${String(n).padStart(6, '0')}${domain}`;
    async function lookUp(n: number): Promise<Resource> {
      const filter = bindFilter(types.User, parseFilter(`userName eq "${userName(n)}"`), '/');
      const { resources, total } = await backend.list(call, types.User, { filter, offset: 0, limit: 200 });
      expect([total, resources[0]?.attributes['userName']]).to.deep.equal([1, userName(n)]);
      return resources[0] as Resource;
    }
    const groupsOf = ({ attributes }: Resource): unknown[] =>
      ((attributes['groups'] ?? []) as readonly Complex[]).map(({ display }) => display);
    const round = (from: number): Promise<Resource[]> =>
      Promise.all(Array.from({ length: AT_ONCE }, (_, i) => lookUp(from + i)));

    it('are one search once it is known who is in which group, and each gets his own', async () => {
      const first = await meter.of(() => round(0));
      expect(first.searches, 'searches at first').to.be.at.most(1 + 2 * AT_ONCE);
      await round(20);
      const found: Resource[] = [];
      const next = await meter.of(async () => found.push(...(await round(40))));
      expect([next.searches, next.entries]).to.deep.equal([1, AT_ONCE]);
      expect(found.map(groupsOf)).to.deep.equal(
        found.map((_, i) => [`group${String(Math.floor((40 + i) / 10)).padStart(5, '0')}`]),
      );
    });

    it('show what we changed of a group a moment ago', async () => {
      const scim = verbs(backend);
      const [group] = await scim.find('displayName eq "group00004"', 'Group');
      const [one] = await round(40);
      expect(groupsOf(one as Resource)).to.deep.equal(['group00004']);
      await scim.change(group?.id ?? '', [leave(one?.id ?? '')], 'Group');
      expect(groupsOf(await lookUp(40))).to.deep.equal([]);
      expect(groupsOf((await round(40))[0] as Resource)).to.deep.equal([]);
    });
  });
}
