import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { explainSearch } from '../../../../connector/backend/ldap/explanation/explain-search.ts';
import type { FilterExplanation, IndexState } from '../../../../connector/backend/module/filter-explanation.ts';
import { compile } from '../../../conformance/company.ts';
import { type DirectoryLab, directoryLab } from '../../../support/directories/directory-lab.ts';
import type { FlavourName } from '../../../support/directories/flavours.ts';
import { types } from '../../../support/directories/ldap-backend.ts';
import { peopleLdif } from '../../../support/directories/people.ts';
import { patient, serviceOptions, withDirectory } from '../../../support/directories/service-directory.ts';

const run = promisify(execFile);
const PEOPLE = 300;
const nameOf = (flavour: FlavourName): string => (flavour === 'samba' ? 'user000007@lab.example.com' : 'user000007');

/** Lets the service account see the server's configuration, which it may not by itself. */
const SEEN: Readonly<Record<FlavourName, (lab: DirectoryLab) => Promise<void>>> = {
  openldap: (lab) =>
    lab.apply(
      `dn: olcDatabase={0}config,cn=config\nchangetype: modify\nadd: olcAccess\nolcAccess: {0}to * by dn.exact="${lab.flavour.service.dn}" read by * none\n`,
      { dn: 'cn=config', password: lab.flavour.admin.password },
    ),
  '389ds': (lab) =>
    lab.apply(
      `dn: cn=config\nchangetype: modify\nadd: aci\naci: (targetattr="*")(version 3.0; acl "seen"; allow (read,search,compare) userdn="ldap:///${lab.flavour.service.dn}";)\n`,
    ),
  samba: async () => {},
};

/** Does what the printed command does, on a server that is no service of this machine. */
const DONE: Readonly<Record<FlavourName, (lab: DirectoryLab, command: string) => Promise<void>>> = {
  openldap: async (lab, command) => {
    const [, changes = ''] = /cat <<'\.'; \} \| ldapmodify [^\n]*\n(.*)\n\./s.exec(command) ?? [];
    const account = { dn: 'cn=config', password: lab.flavour.admin.password };
    await lab.apply(`dn: olcDatabase={1}mdb,cn=config\n${changes}\n`, account);
  },
  '389ds': async ({ clearUrl, flavour: { admin } }, command) => {
    const as = ['-D', admin.dn, '-w', admin.password];
    for (const line of command.split('\n')) {
      const [program = '', , ...words] = line.split(' ');
      await run(program, [...as, clearUrl, ...words]);
    }
  },
  // Samba takes no change of its schema over LDAP unless it is told to when it starts.
  samba: async ({ folder, flavour }, command) => {
    const flags = /-bor (\d+)/.exec(command)?.[1];
    const file = join(folder, 'title.ldif');
    writeFileSync(
      file,
      `dn: CN=Title,CN=Schema,CN=Configuration,${flavour.suffix}\nchangetype: modify\nreplace: searchFlags\nsearchFlags: ${flags}\n`,
    );
    const database = join(folder, 'dc', 'private', 'sam.ldb');
    await run('ldbmodify', ['-H', database, '--option=dsdb:schema update allowed=true', file], {
      env: { ...process.env, SMB_CONF_PATH: join(folder, 'dc', 'etc', 'smb.conf') },
    });
  },
};

const stateOf = ({ steps }: FilterExplanation, attribute: string): IndexState['state'] | undefined =>
  steps.flatMap(({ indexes }) => indexes).find((index) => index.attribute === attribute)?.state;

for (const name of ['openldap', '389ds', 'samba'] as const)
  describe(`explaining a filter of ${name}`, () => {
    const server = directoryLab(name);
    before(() => server.lab.apply(peopleLdif(server.lab.flavour, PEOPLE)));

    const explain = (text: string, most = 10_000, account = server.lab.flavour.service): Promise<FilterExplanation> => {
      const { lab } = server;
      const { people, groups } = lab.flavour;
      const options = {
        ldap: {},
        users: { base: people },
        groups: { base: groups },
      };
      const bind = { kind: 'simple', dn: account.dn, password: () => account.password } as const;
      return withDirectory(serviceOptions(lab, { bind }), (directory) =>
        explainSearch({ directory, options, account: account.dn }, types, {
          type: types.User,
          filter: compile(types.User, text),
          signal: patient(),
          most,
        }),
      );
    };

    it('shows the filter that is sent, where, and what came', async () => {
      const { steps, ...explained } = await explain(`userName eq "${nameOf(name)}"`);
      expect(steps[0]?.purpose).to.equal('finds them');
      expect(steps[0]?.text).to.match(/^\(&\(.*user000007/i);
      expect(steps[0]).to.include({ base: server.lab.flavour.people, scope: 'sub', times: 1, read: 1 });
      expect(explained).to.include({
        language: 'LDAP',
        unit: 'entry',
        found: 1,
        judged: 1,
        complete: true,
        lookedAt: 1,
      });
    });

    it('counts what the connector had to judge itself', async () => {
      const { found, judged, lookedAt } = await explain('name.familyName gt "Family 90" or title pr');
      expect(found).to.equal(PEOPLE);
      expect(judged).to.equal(PEOPLE);
      expect(lookedAt).to.be.at.least(PEOPLE);
      expect(await explain('name.familyName gt "Family 95"')).to.include({ judged: PEOPLE, found: 3 });
    });

    it('sends nothing where nobody can be meant', async () => {
      const { steps, findings } = await explain('id eq "nobody"');
      expect(steps).to.deep.equal([]);
      expect(findings[0]?.text).to.contain('nothing is sent');
    });

    it('stops at the most entries that may be read', async () => {
      const { complete, findings } = await explain('title pr', 100);
      expect(complete).to.equal(false);
      expect(findings.at(-1)?.text).to.contain('as many entries came as may be read');
    });

    it('says whether the directory tells of its indexes', async () => {
      const { findings, remedies } = await explain(`userName eq "${nameOf(name)}"`);
      if (name === 'samba') expect(findings[0]?.text).to.match(/^fast: an index finds them/);
      else {
        expect(findings[0]?.text).to.contain('does not tell the service account');
        expect(remedies.join('\n')).to.contain(
          name === 'openldap' ? 'olcDbIndex' : 'dsconf INSTANCE backend index list',
        );
      }
    });

    it('tells what has no index, and the printed command adds it', async () => {
      const { lab } = server;
      await SEEN[name](lab);
      const asked = 'title eq "Engineer 7"';
      const fast = await explain(`userName eq "${nameOf(name)}"`);
      expect(fast.findings[0]?.status, fast.findings[0]?.text).to.equal('ok');
      const before = await explain(asked);
      expect(stateOf(before, 'title')).to.equal('missing');
      expect(before.findings[0]?.text).to.match(/^slow: without an index on/);
      await DONE[name](lab, before.remedies[0] ?? '');
      const after = await explain(asked);
      expect(stateOf(after, 'title')).to.equal('indexed');
      expect(after.findings[0]?.text).to.match(/^fast: an index finds them/);
      // A part of the text is an index of its own, in the place of the one before.
      const part = await explain('title co "eer 7"');
      expect(stateOf(part, 'title')).to.equal('missing');
      await DONE[name](lab, part.remedies[0] ?? '');
      expect(stateOf(await explain('title co "eer 7"'), 'title')).to.equal('indexed');
      expect(stateOf(await explain(asked), 'title')).to.equal('indexed');
    });

    if (name === 'openldap')
      it('names the limit that stops the service account, and lifts it', async () => {
        const { lab } = server;
        const more = peopleLdif(lab.flavour, 2 * PEOPLE)
          .split('\n\n')
          .slice(PEOPLE);
        await lab.apply(`${more.join('\n\n')}\n`);
        const limited = {
          dn: `cn=scim-limited,ou=services,${lab.flavour.suffix}`,
          password: lab.flavour.service.password,
        };
        const { complete, findings, remedies } = await explain('title pr', 10_000, limited);
        expect(complete).to.equal(false);
        expect(findings.at(-1)?.status).to.equal('failed');
        expect(findings.at(-1)?.text).to.contain('at its size limit');
        expect(remedies.at(-1)).to.contain('add: olcLimits').and.to.contain(limited.dn);
      });
  });
