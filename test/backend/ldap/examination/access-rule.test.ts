import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { present } from '../../../../connector/backend/ldap/directory/filter.ts';
import { printedAccess } from '../../../../connector/backend/ldap/examination/printed-access.ts';
import { selfTest } from '../../../../connector/backend/ldap/examination/self-test.ts';
import { createLdapBackend } from '../../../../connector/backend/ldap/ldap-backend.ts';
import { refusal } from '../../../conformance/refusal.ts';
import { directoryLab } from '../../../support/directories/directory-lab.ts';
import type { Account } from '../../../support/directories/flavours.ts';
import type { DirectoryLab } from '../../../support/directories/lab.ts';
import { memberIds, set, verbs } from '../../../support/directories/scim.ts';
import { subjectOf } from '../../../support/directories/self-test.ts';

const run = promisify(execFile);

/** An account that nobody has given any right. */
const NEWCOMER: Readonly<Record<string, Account>> = {
  openldap: { dn: 'cn=newcomer,ou=services,dc=example,dc=com', password: 'newcomer-for-tests' },
  '389ds': { dn: 'uid=newcomer,ou=services,dc=example,dc=com', password: 'newcomer-for-tests' },
  samba: { dn: 'CN=newcomer,CN=Users,DC=lab,DC=example,DC=com', password: 'Newcomer-for-tests1' },
};

async function makeAccount(lab: DirectoryLab, { dn, password }: Account): Promise<void> {
  if (lab.flavour.name === 'samba') {
    await samba(lab, 'user', 'create', 'newcomer', password);
    return;
  }
  const [rdn = ''] = dn.split(',');
  const [attribute, value] = rdn.split('=');
  const structural = attribute === 'uid' ? 'account' : 'organizationalRole';
  await lab.apply(
    `dn: ${dn}\nobjectClass: ${structural}\nobjectClass: simpleSecurityObject\n${attribute}: ${value}\nuserPassword: ${password}\n`,
  );
}

/** On the database itself, as on a domain controller. */
async function samba(lab: DirectoryLab, ...words: readonly string[]): Promise<string> {
  const database = join(lab.folder, 'dc/private/sam.ldb');
  const { stdout } = await run('samba-tool', [...words, '-s', join(lab.folder, 'dc/etc/smb.conf'), '-H', database]);
  return stdout;
}

/** The printed commands as they stand, but for how to reach the server and where the passwords come from. */
async function runPrinted(lab: DirectoryLab, text: string, account: Account): Promise<void> {
  const { dn, password } = lab.flavour.admin;
  const at = `-x -H ${lab.clearUrl}`;
  const here = text
    .replaceAll('-LLLQ', '-LLL')
    .replaceAll('-Y EXTERNAL -H ldapi:///', `${at} -D cn=config -w ${password}`)
    .replaceAll(/-c (-x )?-H ldapi:\/\/\/ -D (.*) -W/g, `-c ${at} -D $2 -w ${password}`)
    .replaceAll("-H ldapi:/// -D 'cn=Directory Manager' -W", `${at} -D '${dn}' -w ${password}`)
    .replaceAll('$(slappasswd)', `$(/usr/sbin/slappasswd -s ${account.password})`)
    .replaceAll(/\$\(read .*\)/g, account.password);
  await run('bash', ['-c', here]);
}

/** The printed changes alone. */
async function enter(lab: DirectoryLab, text: string): Promise<void> {
  if (lab.flavour.name !== 'samba') {
    const admin = lab.flavour.name === 'openldap' ? { ...lab.flavour.admin, dn: 'cn=config' } : lab.flavour.admin;
    for (const [, ldif = ''] of text.matchAll(/<<'\.'\n(.*?)\n\.(?:\n|$)/gs)) await lab.apply(`${ldif}\n`, admin);
    return;
  }
  const sid =
    /objectSid: (\S+)/.exec(await samba(lab, 'user', 'show', 'newcomer', '--attributes=objectSid'))?.[1] ?? '';
  const rules = [...text.matchAll(/^samba-tool dsacl set --objectdn='([^']+)' --sddl="([^"]+)"$/gm)];
  expect(rules).to.have.lengthOf(2);
  for (const [, dn, rule = ''] of rules)
    await samba(lab, 'dsacl', 'set', `--objectdn=${dn}`, `--sddl=${rule.replaceAll('$SID', sid)}`);
}

for (const name of ['openldap', '389ds', 'samba'] as const)
  describe(`the printed access rule on ${name}`, () => {
    const server = directoryLab(name);
    const account = NEWCOMER[name] as Account;
    const subject = () => subjectOf(server.lab, {}, account);
    const domain = name === 'samba' ? '@lab.example.com' : '';
    let rule: string;
    before(async () => {
      await makeAccount(server.lab, account);
      rule = await printedAccess(subject());
    });

    it('is needed: without it the account reaches nobody', async () => {
      const texts = (await selfTest(subject())).filter(({ status }) => status !== 'ok').map(({ text }) => text);
      // Active Directory lets everybody who is bound read.
      if (name === 'samba') {
        const backend = createLdapBackend(subject().options, () => subject().open(subject().urls));
        await backend.open();
        await refusal(verbs(backend).user({ userName: `ann${domain}` }), 'forbidden');
        await backend.close();
      } else {
        expect(texts.join()).to.match(/users\.base: nothing is visible at ou=people.*--print-acl/);
      }
    });

    if (name !== 'samba')
      it('begins with the account, where there is none', async () => {
        const nobody = { dn: account.dn.replace('newcomer', 'nobody'), password: 'x-for-tests' };
        const { message } = await refusal(printedAccess(subjectOf(server.lab, {}, nobody)), 'unavailable');
        expect(message).to.match(/Where the account is not there yet, make it.*:\nldapadd -c -H SERVER/);
        expect(message).to.contain(`\ndn: ${nobody.dn}\n`).and.contain('\nou: services\n');
      });

    it('is enough for all that the connector does', async () => {
      if (name === 'samba') await enter(server.lab, rule);
      else {
        // As it is for whoever begins: the account is made too.
        await server.lab.apply(`dn: ${account.dn}\nchangetype: delete\n`);
        await runPrinted(server.lab, rule, account);
      }
      expect((await selfTest(subject())).filter(({ status }) => status === 'failed')).to.deep.equal([]);
      const backend = createLdapBackend(subject().options, () => subject().open(subject().urls));
      await backend.open();
      try {
        const scim = verbs(backend);
        const password = 'Secret-for-ann.1';
        const { id } = await scim.user({ userName: `ann${domain}`, active: true, password });
        const group = await scim.group('Staff', id);
        expect(memberIds(group)).to.deep.equal([id]);
        await scim.change(id, [set('title', 'Chief'), set('password', 'Another-for-ann.2'), set('active', false)]);
        const renamed = await scim.change(id, [set('userName', `anna${domain}`), set('active', true)]);
        expect(renamed.attributes).to.include({ userName: `anna${domain}`, title: 'Chief', active: true });
        await scim.remove(id);
      } finally {
        await backend.close();
      }
    });

    if (name === '389ds')
      it('holds the right to move people, where deactivation does', async () => {
        const to = 'ou=leavers,dc=example,dc=com';
        await server.lab.apply(`dn: ${to}\nobjectClass: organizationalUnit\nou: leavers\n`);
        const base = server.lab.flavour.people;
        const mover = subjectOf(server.lab, { users: { base, deactivate: { move_to: to } } }, account);
        const moves = (await printedAccess(mover)).replace(/dn: ou=(people|groups)[\s\S]*?\n\n/g, '');
        await enter(server.lab, moves);
        const backend = createLdapBackend(mover.options, () => mover.open(mover.urls));
        await backend.open();
        try {
          const scim = verbs(backend);
          const { id } = await scim.user({ userName: 'leaver', active: true });
          await scim.change(id, [set('active', false)]);
          expect(await server.lab.find(to, '(uid=leaver)', '1.1')).to.contain(`uid=leaver,${to}`);
          expect((await scim.change(id, [set('active', true)])).attributes['active']).to.equal(true);
          await scim.remove(id);
        } finally {
          await backend.close();
        }
      });

    it('is not more: no password can be read, and nothing elsewhere is written', async () => {
      const { lab } = server;
      const { open, urls } = subject();
      const directory = await open(urls);
      const { people, naming, personClasses } = lab.flavour;
      const classes = personClasses.map((one) => `objectClass: ${one}\n`).join('');
      // In Active Directory userPassword is no password; unicodePwd is, and nobody ever reads it.
      const own = naming === 'CN' ? 'sAMAccountName: secretive' : 'uid: secretive\ncn: S\nuserPassword: Read-me-not.1';
      await lab.apply(`dn: ${naming}=secretive,${people}\n${classes}${own}\nsn: S\n`);
      const signal = new AbortController().signal;
      try {
        const found = await directory.read(signal, (session) =>
          session.search({
            base: lab.flavour.people,
            scope: 'sub',
            filter: present('objectClass'),
            attributes: ['userPassword', 'unicodePwd'],
          }),
        );
        expect(found.length).to.be.greaterThan(1);
        expect(found.flatMap(({ attributes }) => [...attributes.keys()])).to.deep.equal([]);
        const elsewhere =
          name === 'samba' ? 'CN=intruder,CN=Users,DC=lab,DC=example,DC=com' : `cn=intruder,${lab.flavour.suffix}`;
        const objectClass = [name === 'samba' ? 'container' : 'organizationalRole'];
        const code = await directory
          .write(signal, (session) => session.add(elsewhere, { objectClass, cn: ['intruder'] }))
          .then(
            () => 0,
            (error: { code?: number }) => error.code,
          );
        expect(code).to.equal(50);
      } finally {
        await directory.close();
      }
    });
  });
