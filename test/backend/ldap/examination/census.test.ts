import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { moduleNamed } from '../../../../connector/backend/catalogue.ts';
import type { Census } from '../../../../connector/backend/module/census.ts';
import type { App } from '../../../../connector/config/config.ts';
import { loadConfig } from '../../../../connector/config/load/load.ts';
import { type DirectoryLab, directoryLab } from '../../../support/directories/directory-lab.ts';
import { peopleLdif } from '../../../support/directories/people.ts';
import { shortestFile } from '../../../support/directories/shortest-file.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const PEOPLE = 300;

/** People who are there and not shown: one without a name where that can be, two outside the filter, one of another class. */
function plantedLdif({ flavour: { naming, people } }: DirectoryLab): string {
  const isAd = naming === 'CN';
  const entry = (rdn: string, ...lines: readonly string[]): string => [`dn: ${rdn},${people}`, ...lines, ''].join('\n');
  const outside = ['robot1', 'robot2'].map((name) =>
    isAd
      ? entry(
          `CN=${name}`,
          'objectClass: user',
          `sAMAccountName: ${name}`,
          `userPrincipalName: ${name}@x.com`,
          'sn: Robot',
        )
      : entry(`uid=${name}`, 'objectClass: inetOrgPerson', `cn: ${name}`, 'sn: Robot'),
  );
  const nameless = isAd
    ? entry('CN=nameless', 'objectClass: user', 'sAMAccountName: nameless')
    : entry('cn=nameless', 'objectClass: inetOrgPerson', 'sn: Nameless');
  const classless = isAd
    ? entry('CN=contact', 'objectClass: contact', 'sn: Contact')
    : entry('uid=classless', 'objectClass: account');
  const folder = isAd
    ? entry('OU=inner', 'objectClass: organizationalUnit')
    : entry('ou=inner', 'objectClass: organizationalUnit');
  return [...outside, nameless, classless, folder].join('\n');
}

for (const name of ['openldap', '389ds', 'samba'] as const)
  describe(`a census of ${name}`, () => {
    const server = directoryLab(name);
    const folder = temporaryFolder();
    before(async () => {
      const { lab } = server;
      await lab.apply(peopleLdif(lab.flavour, PEOPLE));
      await lab.apply(plantedLdif(lab));
    });

    async function census(filter: string, examples = 5): Promise<Census> {
      const { lab } = server;
      const file = join(folder.path, 'connector.toml');
      const text = shortestFile(lab).replace(/(\[apps\.default\.users\]\n)/, `$1filter = "${filter}"\n`);
      writeFileSync(file, text);
      const { config } = await loadConfig({
        file,
        env: { LDAP_PASSWORD: lab.flavour.service.password, CONNECTOR_STATE_DIR: folder.path },
      });
      const [app] = config.apps as readonly [App];
      const taken = await moduleNamed(app.backend).census?.(app, { signal: AbortSignal.timeout(30_000), examples });
      return taken as Census;
    }

    const isAd = name === 'samba';
    const base = isAd ? '(objectClass=user)' : '(objectClass=inetOrgPerson)';

    it('tells who is below the base, not shown, and why', async () => {
      const { invisible, read, places, note } = await census(`(&${base}(!(sn=Robot)))`);
      expect(invisible.map(({ reason, count }) => [reason, count])).to.have.deep.members([
        ['outside filter', 2],
        ['no name', 1],
        ...(isAd ? [] : [['object class', 1]]),
      ]);
      expect(places).to.deep.equal([server.lab.flavour.people]);
      expect(read).to.be.within(PEOPLE + 5, PEOPLE + 7);
      expect(note).to.match(/may not see at all cannot be counted/);
      const outside = invisible.find(({ reason }) => reason === 'outside filter');
      expect(outside?.examples.map((dn) => /robot\d/.exec(dn)?.[0])).to.have.members(['robot1', 'robot2']);
      expect(outside?.fix).to.contain('users.filter');
    });

    it('takes nobody for invisible whom the directory finds by rules of its own', async () => {
      // Case and blanks do not count for the directory, and the classes above an entry's own are its classes.
      const { invisible } = await census('(&(objectClass=person)(|(sn=FAMILY  *)(sn=Nameless)(!(sn=*))))');
      const outside = invisible.find(({ reason }) => reason === 'outside filter');
      expect(outside?.count, JSON.stringify(invisible)).to.equal(2);
    });

    it('names members of groups who are not shown, and none who are', async () => {
      const { lab } = server;
      const { naming, people, groups, groupClasses } = lab.flavour;
      const member = (one: string): string => `member: ${naming}=${one},${people}`;
      const group = (own: string, ...lines: readonly string[]): string =>
        [
          `dn: ${isAd ? 'CN' : 'cn'}=${own},${groups}`,
          ...groupClasses.map((one) => `objectClass: ${one}`),
          ...lines,
          '',
        ].join('\n');
      await lab.apply(
        [
          group('Inner', member('user000001')),
          group('Outer', member('user000002'), member('robot1'), `member: ${isAd ? 'CN' : 'cn'}=Inner,${groups}`),
        ].join('\n'),
      );
      const { dangling } = await census(`(&${base}(!(sn=Robot)))`);
      expect(dangling.count).to.equal(1);
      expect(dangling.examples[0]?.group).to.match(/^cn=Outer,/i);
      expect(dangling.examples[0]?.member).to.match(/robot1/);
    });
  });
