import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { type CliResult, cli } from '../support/cli.ts';
import { directoryLab } from '../support/directories/directory-lab.ts';
import { peopleLdif } from '../support/directories/people.ts';
import { shortestFile } from '../support/directories/shortest-file.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('simulate in a directory', () => {
  const server = directoryLab('openldap');
  const folder = temporaryFolder();
  before(async () => {
    const { lab } = server;
    await lab.apply(peopleLdif(lab.flavour, 4));
  });
  const run = (words: readonly string[], input = ''): Promise<CliResult> => {
    const file = join(folder.path, 'connector.toml');
    writeFileSync(file, shortestFile(server.lab));
    const env = { LDAP_PASSWORD: server.lab.flavour.service.password, COLUMNS: '80' };
    return cli(['simulate', ...words, '--config', file], { input, env });
  };

  it('shows the LDIF of a change and how it was meant, and changes nothing', async () => {
    const before = await server.lab.find(server.lab.flavour.people);
    const body = { userName: 'user000002', title: 'Chief', name: { familyName: 'Family 2', givenName: 'Given 2' } };
    const { code, stdout } = await run(['-'], JSON.stringify(body));
    expect(code).to.equal(0);
    expect(stdout).to.contain('wants    profile (pushProfileUpdate)').and.to.contain('Okta would get 200.');
    const ldif =
      'dn: uid=user000002,ou=people,dc=example,dc=com\nchangetype: modify\nreplace: title\ntitle: Chief\n-\n';
    expect(stdout).to.contain(ldif);
    expect(await server.lab.find(server.lab.flavour.people)).to.equal(before);
  });

  it('ends with 1 where the connector would refuse, and names the code', async () => {
    const { code, stdout } = await run(['-'], '{"displayName":"Staff","members":[{"value":"nobody"}]}');
    expect([code, stdout.includes('Okta would get 400:')]).to.deep.equal([1, true]);
    expect(stdout).to.match(/^More: scim-connector explain [\w-]+$/m);
  });

  for (const [words, input, said] of [
    [[], '', 'simulate needs a file with a body, or - to read one (simulate --help)\n'],
    [['-'], '  \n', 'standard input: is empty; give a body as Okta sends it\n'],
    [['nowhere.json'], '', /nowhere\.json: no such file/],
    [
      ['-', '--method', 'PUT'],
      '{"userName":"nobody"}',
      /^nobody of the body's id or name is there for a PUT: say who with --path \/Users\/ID/m,
    ],
    [['-', '--method', 'GET'], '{}', /--method: must be one of "POST", "PUT", "PATCH", "DELETE"/],
  ] as const)
    it(`ends with 2 for a wrong use: ${['simulate', ...words].join(' ')}`, async () => {
      const { code, stderr, stdout } = await run(words, input);
      expect([code, stdout]).to.deep.equal([2, '']);
      if (typeof said === 'string') expect(stderr).to.equal(said);
      else expect(stderr).to.match(said);
    });
});
