import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { type CliResult, cli } from '../support/cli.ts';
import { directoryLab } from '../support/directories/directory-lab.ts';
import { peopleLdif } from '../support/directories/people.ts';
import { shortestFile } from '../support/directories/shortest-file.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const SECRET = 'Nobody-may-see-this.1';

describe('the commands of a directory', () => {
  const server = directoryLab('openldap');
  const folder = temporaryFolder();
  let file: string;
  before(async () => {
    const { lab } = server;
    await lab.apply(peopleLdif(lab.flavour, 4));
    await lab.apply(
      'dn: uid=user000001,ou=people,dc=example,dc=com\nchangetype: modify\nadd: roomNumber\nroomNumber: B 12\n-\nadd: carLicense\ncarLicense: B-X 1\ncarLicense: B-X 2\n',
    );
  });
  beforeEach(() => {
    file = join(folder.path, 'connector.toml');
    writeFileSync(file, shortestFile(server.lab));
  });
  const run = (words: readonly string[], input = ''): Promise<CliResult> =>
    cli([...words, '--config', file], { input, env: { LDAP_PASSWORD: server.lab.flavour.service.password } });
  const all = (): Promise<string> => server.lab.find(server.lab.flavour.people);

  it('map suggest prints lines that can be pasted', async () => {
    const { stdout, code } = await run(['map', 'suggest']);
    expect(code).to.equal(0);
    expect(stdout).to.contain('# users: 4 entries below ou=people');
    expect(stdout).to.contain('"custom.roomNumber" = "roomNumber" # 25 % of the entries');
    const lines = stdout.split('\n').filter((line) => !line.startsWith('# '));
    writeFileSync(file, `${shortestFile(server.lab)}${lines.join('\n')}\n`);
    const shown = await run(['map', 'test', '--user', 'user000001']);
    expect(JSON.parse(shown.stdout)['urn:okta:onprem_app:1.0:user:custom']).to.deep.equal({
      carLicense: ['B-X 1', 'B-X 2'],
      roomNumber: 'B 12',
    });
  });

  it('map test shows the operations of a new user, and does none of them', async () => {
    const before = await all();
    const body = { userName: 'Ülo, "Jr"', name: { familyName: 'X' }, password: SECRET, active: false };
    const { stdout, stderr, code } = await run(['map', 'test', '-'], JSON.stringify(body));
    expect(code, stderr).to.equal(0);
    expect(stderr).to.contain('this is what a POST would do; nothing is written');
    expect(stdout).to.contain('changetype: add').and.to.contain('pwdAccountLockedTime: 000001010000Z');
    expect(stdout).to.contain('# replace: userPassword (the password)').and.not.to.contain(SECRET);
    expect(await all()).to.equal(before);
  });

  it('map test shows what would change of a user who exists: a rename of nothing, and one attribute', async () => {
    const body = { userName: 'user000002', title: 'Chief', name: { familyName: 'Family 2', givenName: 'Given 2' } };
    const { stdout, stderr } = await run(['map', 'test', '-'], JSON.stringify(body));
    expect(stderr).to.contain('this is what a PUT would do');
    expect(stdout).to.equal(
      'dn: uid=user000002,ou=people,dc=example,dc=com\nchangetype: modify\nreplace: title\ntitle: Chief\n-\n',
    );
  });

  it('map test names what it drops', async () => {
    const body = JSON.stringify({ userName: 'user000002', locale: 'sv', bogus: 1, name: { firstName: 'A' } });
    const { stderr } = await run(['map', 'test', '-'], body);
    expect(stderr).to.contain('warning: dropped, since nothing has a place for it: bogus, name.firstName, locale');
    const { stdout } = await run(['map', 'test', '-', '--json'], body);
    expect(JSON.parse(stdout).dropped).to.deep.equal(['bogus', 'name.firstName', 'locale']);
  });

  it('map test shows the entry with a DN', async () => {
    const { people, groups } = server.lab.flavour;
    const { stdout } = await run(['map', 'test', '--dn', `uid=user000000,${people}`]);
    expect(JSON.parse(stdout)).to.include({ userName: 'user000000', title: 'Engineer 0' });
    const nothing = await run(['map', 'test', '--type', 'Group', '--dn', `cn=none,${groups}`]);
    expect(nothing.code).to.equal(2);
    expect(nothing.stderr).to.contain('no entry with cn is to be seen there');
  });

  it('map test says what is wrong with a body or a name', async () => {
    const wrong = await run(['map', 'test', '-'], '{"userName":"user000003","title":3}');
    expect(wrong.stderr).to.contain('title');
    const nobody = await run(['map', 'test', '--user', 'nobody']);
    expect(nobody.code).to.equal(2);
    expect(nobody.stderr).to.contain('nobody is called "nobody" below ou=people');
    expect((await run(['map', 'test'])).code).to.equal(2);
  });

  it('check prints findings and the access rule', async () => {
    const checked = await run(['check', '--json']);
    expect(checked.code).to.equal(0);
    expect(JSON.stringify(JSON.parse(checked.stdout))).to.contain('profile openldap, chosen by itself');
    const printed = await run(['check', '--print-acl']);
    expect(printed.stdout).to.contain('olcAccess: {0}to dn.subtree="ou=people,dc=example,dc=com" attrs=userPassword');
  });

  it('check and serve refuse a mapping that can never work, in the same words', async () => {
    writeFileSync(file, `${shortestFile(server.lab)}[apps.default.users.map]\ntitle = "titel"\n`);
    const words = 'users.map: the directory has no attribute titel';
    const checked = await run(['check']);
    expect(checked.code).to.equal(3);
    expect(checked.stdout).to.contain(words);
    const served = await run(['serve', '--http', '--port', '0', '--auth', 'none']);
    expect(served.code).to.equal(3);
    expect(served.stderr).to.contain(words);
  });

  it('data is for SQLite, and says so', async () => {
    const { code, stderr } = await run(['data', 'export']);
    expect(code).to.equal(2);
    expect(stderr).to.contain('keeps people in an LDAP directory');
  });

  it('okta capabilities tell that nobody can be deactivated where no way is chosen', async () => {
    writeFileSync(
      file,
      shortestFile(server.lab).replace('[apps.default.groups]', 'deactivate = "none"\n[apps.default.groups]'),
    );
    const { stdout } = await run(['okta', 'capabilities', '--json']);
    const off = JSON.parse(stdout)[0].capabilities.filter(({ on }: { on: boolean }) => !on);
    expect(off.map(({ name }: { name: string }) => name)).to.deep.equal([
      'PUSH_PENDING_USERS',
      'PUSH_USER_DEACTIVATION',
      'REACTIVATE_USERS',
    ]);
  });
});
