import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { selfTest } from '../../../../connector/backend/ldap/examination/self-test.ts';
import type { Finding } from '../../../../connector/backend/module/finding.ts';
import { directoryLab } from '../../../support/directories/directory-lab.ts';
import type { Account } from '../../../support/directories/flavours.ts';
import type { DirectoryLab } from '../../../support/directories/lab.ts';
import { groupsLdif, peopleLdif } from '../../../support/directories/people.ts';
import { subjectOf } from '../../../support/directories/self-test.ts';

const run = promisify(execFile);
const CONFIG = 'cn=config';

/** An account that may read people and groups, and write nothing. */
async function reader(lab: DirectoryLab): Promise<Account> {
  const name = `reader-${randomUUID().slice(0, 8)}`;
  const password = 'Reader-for-tests1';
  const { people, groups, admin } = lab.flavour;
  if (lab.flavour.name === 'samba') {
    const folder = join(lab.folder, 'dc');
    const where = ['-s', join(folder, 'etc/smb.conf'), '-H', join(folder, 'private/sam.ldb')];
    await run('samba-tool', ['user', 'create', name, password, ...where]);
    return { dn: `CN=${name},CN=Users,${lab.flavour.suffix}`, password };
  }
  const openldap = lab.flavour.name === 'openldap';
  const dn = `${openldap ? 'cn' : 'uid'}=${name},ou=services,${lab.flavour.suffix}`;
  await lab.apply(
    `dn: ${dn}\nobjectClass: ${openldap ? 'organizationalRole' : 'account'}\nobjectClass: simpleSecurityObject\n` +
      `${openldap ? 'cn' : 'uid'}: ${name}\nuserPassword: ${password}\n`,
  );
  if (openldap) await allow(lab, dn, 'read', people, groups);
  else
    for (const base of [people, groups])
      await lab.apply(
        `dn: ${base}\nchangetype: modify\nadd: aci\naci: (targetattr="*")(version 3.0; acl "${name}"; allow (read,search,compare) userdn="ldap:///${dn}";)\n`,
        admin,
      );
  return { dn, password };
}

const allow = (lab: DirectoryLab, dn: string, right: string, ...places: readonly string[]): Promise<void> =>
  lab.apply(
    `dn: olcDatabase={1}mdb,cn=config\nchangetype: modify\nadd: olcAccess\n${places
      .map((place, i) => `olcAccess: {${i}}to dn.subtree="${place}" by dn.exact="${dn}" ${right} by * break\n`)
      .join('')}`,
    { ...lab.flavour.admin, dn: CONFIG },
  );

for (const name of ['openldap', '389ds', 'samba'] as const)
  describe(`the proof of write access on ${name}`, () => {
    const server = directoryLab(name);
    let nobody: Account;
    before(async () => {
      const { lab } = server;
      await lab.apply(peopleLdif(lab.flavour, 3));
      await lab.apply(groupsLdif(lab.flavour, 1, 2, 3));
      nobody = await reader(lab);
    });

    const examined = async (account?: Account, more = {}): Promise<readonly Finding[]> =>
      selfTest({ ...subjectOf(server.lab, {}, account), ...more });
    const written = (findings: readonly Finding[]) =>
      findings.filter(({ text }) => /write access|may not|not proved/.test(text));
    /** Where the account may write: its own entry is stamped by every bind. */
    const everything = async (): Promise<string> => {
      const { people, groups } = server.lab.flavour;
      const found = await Promise.all([people, groups].map((base) => server.lab.find(base, undefined, '*', '+')));
      return found.join('\n');
    };

    it('is green for the account that may, and writes nothing', async () => {
      const before = await everything();
      const { people, groups } = server.lab.flavour;
      expect(written(await examined())).to.deep.equal([
        { status: 'ok', text: `write access: proved below ${people} and ${groups}; nothing was written` },
      ]);
      expect(await everything()).to.equal(before);
    });

    it('is red for one that may only read, with the way to the rule', async () => {
      const texts = written(await examined(nobody)).map(({ status, text }) => `${status} ${text}`);
      expect(texts).to.have.lengthOf(4);
      for (const text of texts)
        expect(text).to.match(
          /^failed (users|groups): \S.* may not (add and remove|change) entries below .*--print-acl/,
        );
    });

    it('is not asked of one that is never to write', async () => {
      expect(written(await examined(nobody, { readOnly: true }))).to.deep.equal([]);
    });

    if (name === 'openldap') {
      it('names the attributes that it may not write', async () => {
        const { lab } = server;
        const some = await reader(lab);
        const { people, groups } = lab.flavour;
        await allow(lab, some.dn, 'write', people, groups);
        await lab.apply(
          `dn: olcDatabase={1}mdb,cn=config\nchangetype: modify\nadd: olcAccess\nolcAccess: {0}to dn.subtree="${people}" attrs=title by dn.exact="${some.dn}" read by * break\n`,
          { ...lab.flavour.admin, dn: CONFIG },
        );
        expect(written(await examined(some))).to.deep.equal([
          {
            status: 'warning',
            text: `users: ${some.dn} may not write title; enter what "check --print-acl" prints, or map with direction = "read"`,
          },
        ]);
      });

      it('is said to be missing where there is nobody yet, with the command that brings it', async () => {
        await server.lab.clear();
        const { dn } = server.lab.flavour.service;
        const [users, groups] = written(await examined());
        const { people } = server.lab.flavour;
        expect(users).to.deep.equal({
          status: 'warning',
          text: `users: not proved that entries can be added below ${people}; prove it:\nslapacl -D '${dn}' -b '${people}' entry/write children/write`,
        });
        expect(groups?.status).to.equal('warning');
        const command = users?.text.split('\n')[1] ?? '';
        const shell = `export PATH=$PATH:/usr/sbin; ${command} -F '${join(server.lab.folder, 'conf')}' 2>&1`;
        expect((await run('sh', ['-c', shell])).stdout).to.match(/write access to children: ALLOWED/);
      });
    }
  });
