import { patchedByClients } from '../../../http/v2/patched-by-clients.ts';
import { directoryLab } from '../../../support/directories/directory-lab.ts';
import { startServer, type TestServer } from '../../../support/start-server.ts';

for (const name of ['openldap', '389ds', 'samba'] as const)
  describe(`what clients PATCH by SCIM 2.0 on ${name}`, () => {
    const lab = directoryLab(name);
    let server: TestServer | undefined;
    before(async () => {
      server = await startServer({ store: { lab: lab.lab } });
    });
    after(() => server?.close());
    patchedByClients(
      () => (server as TestServer).speaking('2.0'),
      (number) => `u${number}${name === 'samba' ? '@lab.example.com' : ''}`,
    );
  });
