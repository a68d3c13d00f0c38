import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { CliServer, cli } from '../support/cli.ts';
import { directoryLab } from '../support/directories/directory-lab.ts';
import { shortestFile } from '../support/directories/shortest-file.ts';
import { send } from '../support/send.ts';
import type { Reply } from '../support/start-server.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

for (const name of ['openldap', '389ds', 'samba'] as const) {
  describe(`entitlements of a directory, as configured (${name})`, () => {
    const server = directoryLab(name);
    const folder = temporaryFolder();

    it('are checked, published, given, taken away and recorded', async () => {
      const { lab } = server;
      const domain = name === 'samba' ? '@lab.example.com' : '';
      const options = { cwd: folder.path, env: { LDAP_PASSWORD: lab.flavour.service.password } };
      const kinds = [
        '[server]\nlisten = "127.0.0.1:0"\nhttp = true\n[auth]\nmethod = "none"',
        `[apps.default.entitlements.License]\nbase = "${lab.flavour.groups}"\nfilter = "(cn=lic-*)"`,
        '[apps.default.entitlements.Seat]\nattribute = "carLicense"\nlist = { a1 = "Window" }',
      ];
      writeFileSync(join(folder.path, 'connector.toml'), shortestFile(lab) + kinds.join('\n'));
      const running = await CliServer.start(['--config', 'connector.toml'], options);
      try {
        const v2 = (method: string, path: string, body?: object): Promise<Reply> =>
          send(running.url.replace(/\/v1$/, '/v2') + path, method, body);
        for (const displayName of ['lic-e3', 'lic-f1', 'staff'])
          expect((await v2('POST', '/Groups', { displayName })).status).to.equal(201);
        const licenses = (await v2('GET', '/Licenses?count=10')).body;
        expect(licenses.Resources.map((one: { displayName: string }) => one.displayName)).to.have.members([
          'lic-e3',
          'lic-f1',
        ]);
        const { id } = licenses.Resources.find((one: { displayName: string }) => one.displayName === 'lic-e3');
        expect((await v2('GET', `/Licenses/${id}`)).body.displayName).to.equal('lic-e3');
        const entitlements = [
          { value: id, type: 'License' },
          { value: 'a1', type: 'Seat' },
        ];
        const made = await v2('POST', '/Users', { userName: `ana${domain}`, name: { familyName: 'A' }, entitlements });
        expect(made.body.entitlements, made.text).to.have.deep.members([
          { value: id, type: 'License', display: 'lic-e3' },
          { value: 'a1', type: 'Seat', display: 'Window' },
        ]);
        const path = `/Users/${made.body.id}`;
        expect((await v2('GET', '/Users')).body.Resources[0].entitlements).to.have.length(2);
        const having = new URLSearchParams({ filter: `entitlements[type eq "License" and value eq "${id}"]` });
        expect((await v2('GET', `/Users?${having}`)).body.totalResults).to.equal(1);
        const others = new URLSearchParams({ filter: `not (entitlements.value eq "${id}")` });
        expect((await v2('GET', `/Users?${others}`)).body.totalResults).to.equal(0);
        const operation = { op: 'remove', path: `entitlements[value eq "${id}"]` };
        const schemas = ['urn:ietf:params:scim:api:messages:2.0:PatchOp'];
        const less = await v2('PATCH', path, { schemas, Operations: [operation] });
        expect(less.body.entitlements, less.text).to.deep.equal([{ value: 'a1', type: 'Seat', display: 'Window' }]);
        const v1 = await send(`${running.url}${path}`, 'GET');
        expect(v1.body).to.not.have.property('entitlements');
        const refused = await v2('PUT', path, {
          userName: `ana${domain}`,
          entitlements: [{ value: 'x', type: 'License' }],
        });
        expect(refused.body.detail).to.match(/^entitlements: there is no License "x"; /);
        const checked = await cli(['check', '--config', 'connector.toml'], options);
        expect(checked.stdout).to.match(/^ok +entitlements +default +License 2, Seat 1$/m);
        const listed = await cli(
          ['entitlement', 'list', '--type', 'License', '--json', '--config', 'connector.toml'],
          options,
        );
        expect(JSON.parse(listed.stdout)[0].entitlements).to.have.length(2);
        const traced = await cli(['trace', made.body.id, '--config', 'connector.toml'], options);
        expect(traced.stdout).to.contain('entitlements');
      } finally {
        await running.stop();
      }
    });
  });
}
