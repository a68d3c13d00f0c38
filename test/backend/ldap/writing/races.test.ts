import { expect } from 'chai';
import { ScimError } from '../../../../connector/scim/error.ts';
import { directoryLab } from '../../../support/directories/directory-lab.ts';
import { type Interception, intercepted } from '../../../support/directories/intercepted.ts';
import { type More, openBackend, types } from '../../../support/directories/ldap-backend.ts';
import { set, verbs } from '../../../support/directories/scim.ts';

const RIVALS = 6;

for (const name of ['openldap', '389ds', 'samba'] as const) {
  describe(`ldap races on ${name}`, () => {
    const server = directoryLab(name);
    const domain = name === 'samba' ? '@lab.example.com' : '';
    const password = 'Some-Secret.1';
    beforeEach(() => server.lab.clear());

    /** Two connectors that know nothing of each other, on one directory. */
    async function twice<T>(
      more: More,
      work: (one: ReturnType<typeof verbs>, two: ReturnType<typeof verbs>) => Promise<T>,
    ): Promise<T> {
      // The first two adds wait for each other: both have looked and found the name free.
      let arrived = 0;
      const { promise: both, resolve } = Promise.withResolvers<void>();
      const meet: Interception = async (verb, write) => {
        if (verb === 'add') {
          arrived += 1;
          if (arrived === 2) resolve();
          await both;
        }
        return write();
      };
      const open = () => openBackend(server.lab, more, types, (directory) => intercepted(directory, meet));
      const [one, two] = await Promise.all([open(), open()]);
      try {
        return await work(verbs(one), verbs(two));
      } finally {
        await Promise.all([one.close(), two.close()]);
      }
    }

    // In the last case nothing in the directory guards the name: neither the DN nor a rule of uniqueness.
    const unguarded = {
      rdn: 'cn={name.formatted}',
      map: {
        userName: 'employeeType',
        userType: '',
        ...(name === 'samba'
          ? { 'ldap:sAMAccountName': { ldap: 'sAMAccountName', otherwise: ['{name.formatted:account}'] } }
          : {}),
        ...(name === 'samba' ? {} : { 'ldap:uid': { ldap: 'uid', otherwise: ['{name.formatted}'] } }),
      },
    };
    const cases: readonly (readonly [string, More])[] = [
      ['the same DN', {}],
      ['different DNs', { users: { rdn: 'cn={name.formatted}' } }],
      ['different DNs and no rule of the directory', { users: unguarded }],
    ];
    for (const [title, more] of cases) {
      it(`lets exactly one of many creations of a userName win under ${title}`, async () => {
        await twice(more, async (one, two) => {
          const outcomes = await Promise.allSettled(
            Array.from({ length: RIVALS }, (_, index) =>
              (index % 2 ? one : two).user({
                userName: `${index < 3 ? 'ann' : 'ANN'}${domain}`,
                name: { formatted: `Ann ${index}` },
                active: true,
                password,
              }),
            ),
          );
          const reasons = outcomes.flatMap((o) =>
            o.status === 'rejected' ? [o.reason instanceof ScimError ? o.reason.reason : o.reason] : [],
          );
          expect(reasons).to.deep.equal(Array(RIVALS - 1).fill('uniqueness'));
          expect(await one.find('userName pr')).to.have.length(1);
        });
      });
    }

    it('lets exactly one of two people take a free name', async () => {
      await twice({}, async (one, two) => {
        const people = await Promise.all(
          ['a', 'b'].map((userName) => one.user({ userName: `${userName}${domain}`, active: true, password })),
        );
        const rename = (scim: typeof one, index: number) =>
          scim.change(people[index]?.id ?? '', [set('userName', `free${domain}`)]);
        const outcomes = await Promise.allSettled([rename(one, 0), rename(two, 1)]);
        expect(outcomes.map(({ status }) => status).sort()).to.deep.equal(['fulfilled', 'rejected']);
        expect(await one.find(`userName eq "free${domain}"`)).to.have.length(1);
      });
    });
  });
}
