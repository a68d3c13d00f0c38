import { X509Certificate } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { expect } from 'chai';
import { cli } from '../support/cli.ts';
import { type DirectoryLab, directoryLab } from '../support/directories/directory-lab.ts';
import { FLAVOURS, type FlavourName } from '../support/directories/flavours.ts';
import { hasTerminal, onTerminal } from '../support/pty.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const DOWN = '\u001b[B';
const KINDS = { openldap: 'OpenLDAP', '389ds': '389 Directory Server', samba: 'Active Directory' };

const BACKEND = /people kept\?[\s\S]*select\s*$/;
const ADDRESS = /Address of the directory/;
const TRUST = /right ones\?[\s\S]*select\s*$/;
const ACCOUNT = /Service account/;
const PASSWORD = /Its password/;
const LAYOUT = /Does this fit\?[\s\S]*select\s*$/;
const DOOR = /Is this right\?[\s\S]*select\s*$/;

type Answers = readonly (readonly [RegExp, string])[];

function people(lab: DirectoryLab, count: number): string {
  const { naming, personClasses, groupClasses, people: base, groups } = lab.flavour;
  const names = Array.from({ length: count }, (_, index) => `jane${index}`);
  const person = (name: string): string =>
    naming === 'uid'
      ? `dn: uid=${name},${base}\nobjectClass: ${personClasses[0]}\nuid: ${name}\ncn: ${name}\nsn: Doe\n`
      : `dn: CN=${name},${base}\nobjectClass: ${personClasses[0]}\nsAMAccountName: ${name}\nuserPrincipalName: ${name}@lab.example.com\n`;
  const group = `dn: cn=staff,${groups}\nobjectClass: ${groupClasses[0]}\ncn: staff\nmember: ${naming}=jane0,${base}\n`;
  return [...names.map(person), group].join('\n');
}

const fingerprint = (pem: string): string => new X509Certificate(pem).fingerprint256;

/** Every name there is, and all about people and groups: what the service account's own entry counts is no trace. */
const content = async (lab: DirectoryLab): Promise<readonly string[]> => [
  await lab.find(lab.flavour.suffix, '(objectClass=*)', '1.1'),
  await lab.find(lab.flavour.people, '(objectClass=*)', '*', '+'),
  await lab.find(lab.flavour.groups, '(objectClass=*)', '*', '+'),
];

for (const name of Object.keys(FLAVOURS) as FlavourName[])
  (hasTerminal ? describe : describe.skip)(`init for a directory (${name})`, () => {
    const suite = directoryLab(name);
    const folder = temporaryFolder();
    const at = (...names: readonly string[]) => join(folder.path, ...names);
    const init = (answers: Answers) => onTerminal(['init'], { cwd: folder.path, answers });
    const config = () => readFileSync(at('connector.toml'), 'utf8');
    const said = (shown: string) => stripVTControlCharacters(shown).replaceAll(/\s+/g, ' ');
    const address = ({ url }: DirectoryLab) => url.replace('ldaps://', '');
    /** The seven questions, each answered with what is proposed where something is. */
    const all = (lab: DirectoryLab): Answers => [
      [BACKEND, `${DOWN}\r`],
      [ADDRESS, `${address(lab)}\r`],
      [TRUST, '\r'],
      [ACCOUNT, `${lab.flavour.service.dn}\r`],
      [PASSWORD, `${lab.flavour.service.password}\r`],
      [LAYOUT, '\r'],
      [DOOR, '\r'],
    ];

    before(async function fill() {
      this.timeout(60_000);
      if (suite.started) await suite.lab.apply(people(suite.lab, 12));
    });

    it('finds everything out with seven questions, leaves the directory as it was, and ends with a green doctor', async () => {
      const { lab } = suite;
      const { flavour } = lab;
      const before = await content(lab);
      const { code, shown } = await init(all(lab));
      expect(code, shown).to.equal(0);
      expect(await content(lab)).to.deep.equal(before);
      expect(said(shown)).to.contain(KINDS[name]).and.contain('(12)').and.contain('0 red');
      expect(said(shown)).to.contain('12 users').and.contain('Bearer scim_');
      expect(shown).not.to.contain(flavour.service.password);
      const escaped = (dn: string) => dn.replaceAll('.', String.raw`\.`);
      expect(config())
        .to.match(new RegExp(`^base = "${escaped(flavour.people)}"$`, 'mi'))
        .and.match(new RegExp(`^base = "${escaped(flavour.groups)}"$`, 'mi'))
        .and.contain(`urls = ["${lab.url}"]`)
        .and.match(/^password = \{ secret = "ldap-default-[0-9a-f]{8}" \}$/m)
        .and.not.contain(flavour.service.password);
      const [pinned] = /(?<=^ca_file = ").*(?=")/m.exec(config()) ?? [];
      // Samba does not send its authority: its own certificate is pinned.
      if (name === 'samba') expect(config()).to.match(/^fingerprints = \["([0-9A-F]{2}:){31}[0-9A-F]{2}"\]$/m);
      else expect(fingerprint(readFileSync(pinned ?? '', 'utf8'))).to.equal(fingerprint(lab.authority));
      const checked = await cli(['check', '--config', at('connector.toml')]);
      expect(checked.code, checked.stdout + checked.stderr).to.equal(0);
    }).timeout(60_000);

    if (name !== 'openldap') return;

    it('proposes what is configured, asks for no certificate and no password again, and keeps comments', async () => {
      await init(all(suite.lab));
      const secrets = readFileSync(at('connector-data', 'secrets.json'), 'utf8');
      writeFileSync(at('connector.toml'), config().replace('[apps.default.ldap]', '# Ours.\n[apps.default.ldap]'));
      const former = config();
      const { code, shown } = await init([
        [BACKEND, '\r'],
        [ADDRESS, '\r'],
        [ACCOUNT, '\r'],
        [PASSWORD, '\r'],
        [LAYOUT, '\r'],
        [DOOR, `${DOWN.repeat(2)}\r`],
        [/Port/, '9443\r'],
        [DOOR, '\r'],
      ]);
      expect(code, shown).to.equal(0);
      expect(said(shown))
        .to.contain('Nothing in the configuration would change.')
        .and.contain('- server.listen = ":8443"')
        .and.contain('+ server.listen = ":9443"')
        .and.contain(`${at('connector.toml')}.old`);
      expect(config()).to.equal(
        former.replace('listen = ":8443"', 'listen = ":9443"').replace(/(?<=base_url = ".*:)8443/, '9443'),
      );
      expect(readFileSync(`${at('connector.toml')}.old`, 'utf8')).to.equal(former);
      expect(readFileSync(at('connector-data', 'secrets.json'), 'utf8')).to.equal(secrets);
    }).timeout(60_000);

    it('says what is wrong at each question, asks again, and never ends by itself', async () => {
      const { lab } = suite;
      const { code, shown } = await init([
        [BACKEND, `${DOWN}\r`],
        [ADDRESS, `${lab.flavour.people}\r`],
        [/a name inside the directory/, '\u007f'.repeat(lab.flavour.people.length)],
        [ADDRESS, 'nobody.invalid\r'],
        [/(host name is not known|name server)[\s\S]*Address/, `localhost:${lab.port + 500}\r`],
        [/nothing\s+listens\s+there[\s\S]*Address/, `localhost:${lab.securePort}\r`],
        [TRUST, `${DOWN}\r`],
        [ADDRESS, '\r'],
        [TRUST, '\r'],
        [ACCOUNT, `${lab.flavour.service.dn}\r`],
        [PASSWORD, 'not this one\r'],
        [/is\s+refused[\s\S]*Service account/, '\r'],
        [PASSWORD, `${lab.flavour.service.password}\r`],
        [LAYOUT, `${DOWN}\r`],
        [/Where do people live\?[\s\S]*select\s*$/, `${DOWN}\r`],
        [/Where do people live\? \(/, 'ou=nobody,dc=example,dc=com\r'],
        [/nothing\s+is\s+visible\s+at\s+ou=nobody[\s\S]*Does this fit[\s\S]*select\s*$/, `${DOWN.repeat(2)}\r`],
        [/Where do people live\?[\s\S]*select\s*$/, `${DOWN}\r`],
        [LAYOUT, '\r'],
        [DOOR, '\r'],
      ]);
      expect(code, shown).to.equal(0);
      expect(shown).not.to.contain('not this one');
      expect(config()).to.contain(`base = "${lab.flavour.people}"`);
    }).timeout(60_000);

    it('shows the rule that an account lacks, and takes another one', async () => {
      const { lab } = suite;
      const reader = `cn=reader,ou=services,${lab.flavour.suffix}`;
      await lab.apply(
        `dn: ${reader}\nobjectClass: organizationalRole\nobjectClass: simpleSecurityObject\ncn: reader\nuserPassword: reader-for-tests\n`,
      );
      const { code, shown } = await init([
        [BACKEND, `${DOWN}\r`],
        [ADDRESS, `${address(lab)}\r`],
        [TRUST, '\r'],
        [ACCOUNT, `${reader}\r`],
        [PASSWORD, 'reader-for-tests\r'],
        [/Where do people live\?/, `${lab.flavour.people}\r`],
        // Lines: try again, go on, people, groups, deactivated, access rule, account.
        [/nothing\s+is\s+visible[\s\S]*Does this fit[\s\S]*select\s*$/, `${DOWN.repeat(5)}\r`],
        [/olcAccess: \{0\}[\s\S]*Does this fit[\s\S]*select\s*$/, `${DOWN.repeat(6)}\r`],
        [ACCOUNT, `${lab.flavour.service.dn}\r`],
        [PASSWORD, `${lab.flavour.service.password}\r`],
        [LAYOUT, '\r'],
        [DOOR, '\r'],
      ]);
      expect(code, shown).to.equal(0);
      expect(said(shown)).to.contain(`by dn.exact="${reader}"`);
      expect(config()).to.contain(`bind_dn = "${lab.flavour.service.dn}"`);
    }).timeout(60_000);

    for (const [where, count] of [
      ['the first', 0],
      ['the second', 1],
      ['the third', 2],
      ['the fourth', 3],
      ['the fifth', 4],
      ['the sixth', 5],
      ['the seventh', 6],
    ] as const)
      for (const [key, typed] of [
        ['Ctrl-C', '\u0003'],
        ['Ctrl-D', '\u0004'],
      ] as const)
        it(`leaves nothing behind at ${key} in ${where} question`, async () => {
          const answers = all(suite.lab);
          const [question = /$/] = answers[count] ?? [];
          const { code, shown } = await init([...answers.slice(0, count), [question, typed]]);
          expect(code, shown).to.equal(130);
          expect(stripVTControlCharacters(shown)).to.match(/interrupted: nothing was written\s*$/);
          expect(existsSync(at('connector.toml'))).to.equal(false);
          expect(readdirSync(folder.path)).to.deep.equal([]);
        }).timeout(30_000);
  });
