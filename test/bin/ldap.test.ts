import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { CliServer } from '../support/cli.ts';
import { directoryLab } from '../support/directories/directory-lab.ts';
import { groupsLdif, peopleLdif } from '../support/directories/people.ts';
import { shortestFile } from '../support/directories/shortest-file.ts';

for (const name of ['openldap', '389ds', 'samba'] as const)
  describe(`the shortest file on ${name}`, () => {
    const server = directoryLab(name);
    let folder: string;
    let running: CliServer;
    before(async () => {
      const { lab } = server;
      await lab.apply(peopleLdif(lab.flavour, 5));
      await lab.apply(groupsLdif(lab.flavour, 1, 3, 5));
      folder = mkdtempSync(join(tmpdir(), 'connector-'));
      const file = join(folder, 'connector.toml');
      writeFileSync(file, shortestFile(lab));
      running = await CliServer.start(['--config', file, '--http', '--port', '0', '--auth', 'none'], {
        env: { LDAP_PASSWORD: lab.flavour.service.password },
      });
    });
    after(async () => {
      await running?.stop();
      if (folder) rmSync(folder, { recursive: true, force: true });
    });

    const get = async (path: string) => {
      const reply = await fetch(`${running.url}${path}`);
      expect(reply.status).to.equal(200);
      return (await reply.json()) as { totalResults: number; Resources: Record<string, unknown>[] };
    };

    it('serves people and groups', async () => {
      const people = await get('/Users?sortBy=userName');
      expect(people.totalResults).to.equal(5);
      expect(String(people.Resources[0]?.['userName'])).to.match(/^user000000/);
      expect(people.Resources.map(({ active }) => active)).to.deep.equal(
        [true, true, true, true, true].map(() => name !== 'samba'),
      );
      const groups = await get('/Groups');
      expect(groups.Resources[0]?.['members']).to.have.lengthOf(3);
    });

    it('makes, deactivates and removes a person', async () => {
      const userName = name === 'samba' ? 'new@lab.example.com' : 'new';
      const body = {
        schemas: ['urn:scim:schemas:core:1.0'],
        userName,
        name: { givenName: 'N', familyName: 'W' },
        password: 'Geheim-123-lang',
      };
      const send = (method: string, path: string, content?: object): Promise<Response> =>
        fetch(`${running.url}${path}`, {
          method,
          headers: { 'content-type': 'application/json' },
          ...(content ? { body: JSON.stringify(content) } : {}),
        });
      const made = await send('POST', '/Users', { ...body, active: true });
      expect(made.status).to.equal(201);
      const { id, active } = (await made.json()) as { id: string; active: boolean };
      expect(active).to.equal(true);
      const off = await send('PUT', `/Users/${id}`, { ...body, id, active: false });
      expect(((await off.json()) as { active: boolean }).active).to.equal(false);
      expect((await send('DELETE', `/Users/${id}`)).status).to.equal(200);
    });

    it('serves on after a reload', async () => {
      running.signal('SIGHUP');
      await running.logged(/configuration read again and in force/);
      expect((await get('/Users')).totalResults).to.equal(5);
    });
  });
