import { expect } from 'chai';
import { directoryLab } from '../support/directories/directory-lab.ts';
import { peopleLdif } from '../support/directories/people.ts';
import { expectAway, insisted, PEOPLE, page, ready, serving } from '../support/directories/served.ts';
import { directories } from '../support/start-server.ts';

// OpenLDAP is in directory-faults.test.ts.
for (const name of directories.filter((one) => one !== 'openldap'))
  describe(`a served ${name} that dies`, () => {
    const server = directoryLab(name);
    before(() => server.lab.load(peopleLdif(server.lab.flavour, PEOPLE)));

    it('in a page of an import: an error, and after the restart the rest without gap or repetition', () =>
      serving(server.lab, {}, async (http) => {
        const all = [...(await insisted(http, 0))];
        // Stopped, it cannot answer before it is killed.
        await server.lab.freeze();
        const reply = page(http, 1);
        await server.lab.kill();
        expectAway(await reply, /LDAP: .*ldaps:\/\//);
        expect(await ready(http)).to.equal(503);
        await server.lab.start();
        all.push(...(await insisted(http, 1)), ...(await insisted(http, 2)));
        expect(new Set(all).size).to.equal(PEOPLE);
        expect(await ready(http)).to.equal(200);
      }));
  });
