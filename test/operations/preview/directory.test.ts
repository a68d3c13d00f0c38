import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect } from 'chai';
import type { App } from '../../../connector/config/config.ts';
import { type Loaded, loadConfig } from '../../../connector/config/load/load.ts';
import { previewImport } from '../../../connector/operations/preview/preview-import.ts';
import { previewMatch } from '../../../connector/operations/preview/preview-match.ts';
import { directoryLab } from '../../support/directories/directory-lab.ts';
import { groupsLdif, peopleLdif } from '../../support/directories/people.ts';
import { shortestFile } from '../../support/directories/shortest-file.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const PEOPLE = 250;

for (const name of ['openldap', '389ds', 'samba'] as const)
  describe(`previews of a directory: ${name}`, () => {
    const server = directoryLab(name);
    const folder = temporaryFolder();
    const isAd = name === 'samba';
    const login = (number: number): string => `user00000${number}${isAd ? '@lab.example.com' : ''}`;

    before(async () => {
      const { lab } = server;
      const { flavour } = lab;
      const { naming, people } = flavour;
      await lab.apply(peopleLdif(flavour, PEOPLE));
      await lab.apply(groupsLdif(flavour, 2, 10, PEOPLE));
      const change = (number: number, ...lines: readonly string[]): string =>
        [`dn: ${naming}=user00000${number},${people}`, 'changetype: modify', ...lines, '', ''].join('\n');
      await lab.apply(
        [
          change(1, 'delete: givenName'),
          change(2, 'delete: mail'),
          change(3, 'replace: mail', 'mail: no address'),
          change(4, 'replace: givenName', `givenName: ${'x'.repeat(60)}`),
        ].join(''),
      );
    });

    const configured = async (): Promise<Loaded> => {
      const file = join(folder.path, 'connector.toml');
      writeFileSync(file, shortestFile(server.lab));
      const env = { LDAP_PASSWORD: server.lab.flavour.service.password, CONNECTOR_STATE_DIR: folder.path };
      return loadConfig({ file, env });
    };
    // Its time begins with the test that uses it.
    const options = () => ({ examples: 5, signal: AbortSignal.timeout(120_000) });

    it('import: everybody is counted, and whom Okta would refuse is named', async () => {
      const { config } = await configured();
      const { users, groups, memberships, pages, people, census, dangling, ok } = await previewImport(
        config,
        config.apps[0] as App,
        options(),
      );
      expect({ total: users.total, groups, memberships, pages, dangling: dangling.count, ok }).to.deep.equal({
        total: PEOPLE,
        groups: 2,
        memberships: 20,
        pages: 3,
        dangling: 0,
        ok: false,
      });
      expect(people.map(({ kind, examples }) => [kind, examples.map((one) => one.name)])).to.deep.equal([
        ['no given name', [login(1)]],
        ['no e-mail', [login(2)]],
        ['bad e-mail', [login(3)]],
        ['too long', [login(4)]],
      ]);
      expect(census?.invisible, JSON.stringify(census)).to.deep.equal([]);
    });

    it('match: a push is worked out in the terms in which the directory shows it, and nothing is written', async () => {
      const { config } = await configured();
      const { lab } = server;
      const person = (number: number, title: string): string =>
        `${login(number)},user00000${number}@example.com,Given ${number},Family ${number},${title}`;
      const csv = [
        'login,email,firstName,lastName,title',
        person(5, 'Engineer 5'),
        person(6, 'Manager'),
        person(2, 'Engineer 2'),
        'new@example.com,n@e.org,New,One,',
      ];
      const before = await lab.find(lab.flavour.people);
      const seen = await previewMatch(config, config.apps[0] as App, Readable.from([csv.join('\n')]), {
        ...options(),
        field: 'userName',
        columns: new Map(),
      });
      expect({ linked: seen.linked, created: seen.created.count, onlyHere: seen.onlyHere.count }).to.deep.equal({
        linked: 3,
        created: 1,
        onlyHere: PEOPLE - 3,
      });
      const told = Object.fromEntries(
        seen.overwrites.map(({ attribute, overwritten, filled }) => [attribute, [overwritten, filled]]),
      );
      expect(told['title'], JSON.stringify(seen.overwrites)).to.deep.equal([1, 0]);
      expect(seen.overwrites.find(({ attribute }) => attribute === 'title')?.examples[0]).to.include({
        name: login(6),
        before: 'Engineer 6',
        after: 'Manager',
      });
      const mails = seen.overwrites.filter(({ attribute }) => attribute.startsWith('emails'));
      expect(mails.map(({ overwritten, filled }) => [overwritten, filled])).to.deep.equal([[0, 1]]);
      expect(told['name.familyName']).to.equal(undefined);
      expect(await lab.find(lab.flavour.people)).to.equal(before);
    });
  });
