import { join } from 'node:path';
import { expect } from 'chai';
import type { LdapApp } from '../../../../connector/backend/ldap/settings/options.ts';
import { setUp } from '../../../../connector/backend/ldap/setup/set-up.ts';
import type { Interviewer } from '../../../../connector/backend/module/interview.ts';
import { directoryLab } from '../../../support/directories/directory-lab.ts';

const APP: LdapApp = {
  name: 'hr',
  backend: 'ldap',
  okta_app: 'hr',
  read_only: false,
  ldap: {},
  users: { custom: [] },
  groups: { custom: [] },
  entitlements: [],
};

describe('setting up a directory (openldap)', () => {
  const suite = directoryLab('openldap');
  const said: string[] = [];

  /** Takes what is proposed, but for what `answers` say. */
  function interviewer(answers: Readonly<Record<string, string>>): Interviewer {
    const { service } = suite.lab.flavour;
    const typed: Readonly<Record<string, string>> = {
      'Address of the directory': suite.lab.url,
      'Service account': service.dn,
      ...answers,
    };
    return {
      ask: async ({ text, standard }) => typed[text] ?? standard ?? '',
      askSecret: async ({ mayKeep }) => (mayKeep ? undefined : service.password),
      choose: async ({ text, choices: [first] }) => {
        if (!first) throw new Error(`${text} has no choices`);
        said.push(`${text} ${first.label}`);
        return first.value;
      },
      say: (text) => said.push(text),
      refuse: (text) => said.push(`refused: ${text}`),
      signal: new AbortController().signal,
    };
  }
  const found = async (app = APP, answers = {}) => {
    said.length = 0;
    return setUp({ app, stateDir: '/state', interviewer: interviewer(answers) });
  };
  const setting = ({ settings }: Awaited<ReturnType<typeof setUp>>, ...path: readonly string[]): unknown =>
    settings.find((one) => one.path.join('.') === path.join('.'))?.value;

  beforeEach(() => suite.lab.clear());

  it('finds the places of an empty directory by their usual names', async () => {
    const result = await found();
    const { people, groups } = suite.lab.flavour;
    expect(setting(result, 'users', 'base')).to.equal(people);
    expect(setting(result, 'groups', 'base')).to.equal(groups);
    expect(said.join('\n')).to.contain('nobody is there to try on');
  });

  it('finds groups that list their members in uniqueMember, when most do', async () => {
    const { people, groups } = suite.lab.flavour;
    const jane = `uid=jane,${people}`;
    await suite.lab.apply(
      [
        `dn: ${jane}\nobjectClass: inetOrgPerson\nuid: jane\ncn: Jane\nsn: Doe\n`,
        `dn: cn=one,${groups}\nobjectClass: groupOfUniqueNames\ncn: one\nuniqueMember: ${jane}\n`,
        `dn: cn=two,${groups}\nobjectClass: groupOfUniqueNames\ncn: two\nuniqueMember: ${jane}\n`,
        `dn: cn=three,${groups}\nobjectClass: groupOfNames\ncn: three\nmember: ${jane}\n`,
      ].join('\n'),
    );
    const result = await found();
    expect(setting(result, 'groups', 'member')).to.equal('uniqueMember');
    expect(setting(result, 'groups', 'filter')).to.equal('(objectClass=groupOfUniqueNames)');
    expect(said.join('\n')).not.to.contain('refused');
  });

  it('keeps the password in no setting, and refers to it by a name of its own', async () => {
    const result = await found();
    const { password } = suite.lab.flavour.service;
    expect(result.secrets.map(({ value }) => value)).to.deep.equal([password]);
    expect(setting(result, 'ldap', 'password')).to.deep.equal({ secret: result.secrets[0]?.name });
    expect(JSON.stringify([result.settings, said])).not.to.contain(password);
  });

  it('uses StartTLS where that is what the port speaks', async () => {
    const { port } = suite.lab;
    const result = await found(APP, { 'Address of the directory': `localhost:${port}` });
    expect(setting(result, 'ldap', 'urls')).to.deep.equal([`ldap://localhost:${port}`]);
    expect(setting(result, 'ldap', 'start_tls')).to.equal(true);
  });

  it('leaves the other servers of a configuration, and what it does not decide on', async () => {
    const { url } = suite.lab;
    const app: LdapApp = {
      ...APP,
      ldap: { urls: [url, 'ldaps://two.example'], page_size: 100 },
      users: { custom: [], base: suite.lab.flavour.people, deactivate: 'none' },
    };
    const result = await found(app);
    expect(result.settings.map(({ path }) => path.join('.'))).to.have.members([
      'ldap.ca_file',
      'ldap.bind_dn',
      'ldap.password',
      'groups.base',
    ]);
  });

  it('asks for no account where a client certificate says who it is', async () => {
    const { lab } = suite;
    const app: LdapApp = {
      ...APP,
      ldap: {
        urls: [lab.url],
        ca_file: lab.authorityFile,
        client_cert_file: join(lab.folder, 'tls', 'client.crt'),
        client_key_file: join(lab.folder, 'tls', 'client.key'),
      },
    };
    const result = await found(app, { 'Service account': 'must not be asked' });
    expect(result.secrets).to.deep.equal([]);
    expect(result.settings.map(({ path }) => path.join('.'))).to.have.members(['users.base', 'groups.base']);
  });
});
