import { expect } from 'chai';
import { indexFinding } from '../../../../connector/backend/ldap/examination/index-findings.ts';
import { selfTest } from '../../../../connector/backend/ldap/examination/self-test.ts';
import type { Subject } from '../../../../connector/backend/ldap/examination/subject.ts';
import { plantTree } from '../../../../connector/backend/ldap/layout/tree.ts';
import { createLdapBackend } from '../../../../connector/backend/ldap/ldap-backend.ts';
import type { Finding } from '../../../../connector/backend/module/finding.ts';
import { refusal } from '../../../conformance/refusal.ts';
import { directoryLab } from '../../../support/directories/directory-lab.ts';
import { types } from '../../../support/directories/ldap-backend.ts';
import { peopleLdif } from '../../../support/directories/people.ts';
import { subjectOf } from '../../../support/directories/self-test.ts';

const texts = (findings: readonly Finding[], status: Finding['status']): string =>
  findings
    .filter((finding) => finding.status === status)
    .map(({ text }) => text)
    .join('\n');

describe('the self-test of a directory', () => {
  const server = directoryLab('openldap');
  before(async () => {
    const { lab } = server;
    await lab.apply(peopleLdif(lab.flavour, 600));
  });

  const users = (more: object) => ({ users: { base: server.lab.flavour.people, ...more } });
  const open = async (subject: Subject): Promise<void> => {
    const backend = createLdapBackend(subject.options, () => subject.open(subject.urls));
    await backend.open();
    await backend.close();
  };

  it('finds nothing wrong with the shortest configuration', async () => {
    const findings = await selfTest(subjectOf(server.lab));
    expect(texts(findings, 'failed')).to.equal('');
    const all = texts(findings, 'ok');
    expect(all).to.contain('profile openldap, chosen by itself');
    expect(all).to.contain('pwdAccountLockedTime=000001010000Z, chosen by itself');
    expect(all).to.contain('If-Match: a stale version is always refused');
    expect(all).to.contain('users: 600 below');
    expect(texts(findings, 'warning')).to.match(/^groups: none below/m);
  });

  const UNFIT: readonly (readonly [what: string, users: object, text: RegExp])[] = [
    [
      'an attribute that is not there',
      { map: { title: 'titel' } },
      /^users\.map: the directory has no attribute titel;/,
    ],
    ['an object class that is not there', { object_classes: ['person', 'parson'] }, /no object class parson$/],
    [
      'an attribute that a class demands',
      { object_classes: ['top', 'person', 'organizationalPerson', 'inetOrgPerson', 'posixAccount'] },
      /needs uidnumber and .* such as "ldap:uidNumber" = \{ ldap = "uidNumber", otherwise = \["\{next:10000-60000\}"\] \}/,
    ],
    [
      'an attribute of deactivation that is not there',
      { deactivate: { set: { accountStatus: 'off' } } },
      /^users\.deactivate: the directory has no attribute accountStatus/,
    ],
  ];
  it('fails for a text where the directory takes numbers', async () => {
    const posix = {
      object_classes: ['top', 'person', 'organizationalPerson', 'inetOrgPerson', 'posixAccount'],
      map: {
        'ldap:uidNumber': { ldap: 'uidNumber', otherwise: ['-'] },
        'ldap:gidNumber': { ldap: 'gidNumber', otherwise: ['100'] },
        'ldap:homeDirectory': { ldap: 'homeDirectory', otherwise: ['-'] },
      },
    };
    expect(texts(await selfTest(subjectOf(server.lab, users(posix))), 'failed')).to.match(
      /^users\.map\."ldap:uidNumber": uidNumber takes whole numbers, and "-" is none; \{next:10000-60000\} .*one$/,
    );
  });

  for (const [what, more, text] of UNFIT)
    it(`fails for ${what}, and so does serving`, async () => {
      const subject = subjectOf(server.lab, users(more));
      expect(texts(await selfTest(subject), 'failed')).to.match(text);
      const { message } = await refusal(open(subject), 'invalidValue');
      expect(message).to.match(text);
    });

  it('warns of what entries of the class may not hold', async () => {
    const findings = await selfTest(subjectOf(server.lab, users({ object_classes: ['top', 'person'] })));
    expect(texts(findings, 'warning')).to.match(/users\.map: .*givenName.* cannot be in an entry of top, person/);
  });

  const posix = { object_classes: ['top', 'person', 'organizationalPerson', 'inetOrgPerson'] };

  it('fails for what would be in every entry and may not, and serves those that are there', async () => {
    const map = { 'ldap:loginShell': { ldap: 'loginShell', otherwise: ['/bin/sh'] } };
    const subject = subjectOf(server.lab, users({ ...posix, map }));
    expect(texts(await selfTest(subject), 'failed')).to.equal(
      'users.map: loginShell cannot be in an entry of top, person, organizationalPerson, inetOrgPerson, so that none can be made; add an object class that allows it, or take the line away with ""',
    );
    await open(subject);
  });

  it('fails for a value that the filter brings and the classes do not allow', async () => {
    const filter = '(&(objectClass=person)(loginShell=/bin/sh))';
    expect(texts(await selfTest(subjectOf(server.lab, users({ filter }))), 'failed')).to.match(
      /^users\.filter: loginShell cannot be in an entry of .*, so that none can be made/,
    );
  });

  it('warns of a switch that the classes do not allow, and of none that is the server’s own', async () => {
    const set = { shadowExpire: '1' };
    expect(texts(await selfTest(subjectOf(server.lab, users({ deactivate: { set } }))), 'warning')).to.match(
      /users\.deactivate: shadowExpire cannot be in an entry of/,
    );
    expect(texts(await selfTest(subjectOf(server.lab)), 'warning')).not.to.contain('users.deactivate');
  });

  const OUT_OF_SCOPE: readonly (readonly [filter: string, more: object, text: RegExp | undefined])[] = [
    ['(objectClass=posixAccount)', {}, /no new entry can match \(objectClass=posixAccount\)/],
    ['(objectClass=PERSON)', {}, undefined],
    ['(&(objectClass=person)(employeeType=staff))', {}, undefined],
    ['(&(objectClass=person)(|(roomNumber=1)(roomNumber=2)))', {}, /no new entry can match/],
    ['(&(objectClass=person)(|(title=a)(title=b)))', {}, undefined],
    ['(&(objectClass=person)(|(roomNumber=1)(entryUUID=x)))', {}, undefined],
    ['(!(roomNumber=1))', { map: { 'ldap:roomNumber': { ldap: 'roomNumber', otherwise: ['1'] } } }, /no new entry/],
    [
      '(&(objectClass=person)(!(employeeType=gone)))',
      { deactivate: { set: { employeeType: 'gone' } } },
      /whoever is deactivated no longer matches/,
    ],
    ['(&(objectClass=person)(!(employeeType=gone)))', { deactivate: { set: { roomNumber: '0' } } }, undefined],
    [
      '(!(memberOf=cn=off,ou=groups,dc=example,dc=com))',
      { deactivate: { group: 'cn=off,ou=groups,dc=example,dc=com' } },
      /whoever is deactivated no longer matches/,
    ],
  ];
  for (const [filter, more, text] of OUT_OF_SCOPE)
    it(`${text ? 'warns of' : 'agrees with'} the filter ${filter} and ${JSON.stringify(more)}`, async () => {
      const warnings = texts(await selfTest(subjectOf(server.lab, users({ filter, ...more }))), 'warning');
      if (text) expect(warnings).to.match(text);
      else expect(warnings).not.to.match(/users\.filter: (no new|whoever)/);
    });

  it('counts who is below the base and not shown, and why', async () => {
    const { people } = server.lab.flavour;
    const nobody = (cn: string, more: string): string =>
      `dn: cn=${cn},${people}\nobjectClass: inetOrgPerson\nsn: x\n${more}\n`;
    await server.lab.apply(nobody('nameless', ''));
    await server.lab.apply(nobody('guest', 'uid: guest\nemployeeType: guest\n'));
    try {
      const all = await selfTest(subjectOf(server.lab));
      expect(texts(all, 'ok')).to.contain(`users: 601 below ${people}, read page by page\n`);
      expect(texts(all, 'warning')).to.contain(
        `users: 1 below ${people} have no uid and are not shown to Okta; give them one, or map userName to what they have`,
      );
      const filtered = await selfTest(subjectOf(server.lab, users({ filter: '(!(employeeType=guest))' })));
      expect(texts(filtered, 'ok')).to.contain(
        `users: 600 below ${people}, read page by page; 1 more do not match users.filter\n`,
      );
    } finally {
      await server.lab.apply(
        `dn: cn=nameless,${people}\nchangetype: delete\n\ndn: cn=guest,${people}\nchangetype: delete\n`,
      );
    }
  });

  it('fails where a search is cut short, with the command that lifts the limit', async () => {
    const { dn, password } = server.lab.flavour.service;
    const limited = { dn: dn.replace('cn=scim', 'cn=scim-limited'), password };
    const failures = texts(await selfTest(subjectOf(server.lab, {}, limited)), 'failed');
    expect(failures).to.match(/^users: the directory cuts a paged search short/);
    expect(failures).to.contain(`olcLimits: {0}dn.exact="${limited.dn}"`);
  });

  it('fails for a base that nobody sees, and so does serving', async () => {
    const subject = subjectOf(server.lab, users({ base: 'ou=private,dc=example,dc=com' }));
    const text = /users\.base: nothing is visible at ou=private.*check --print-acl/;
    expect(texts(await selfTest(subject), 'failed')).to.match(text);
    expect((await refusal(open(subject), 'unavailable')).message).to.match(text);
  });

  it('fails where people would be moved to nowhere, and so does serving', async () => {
    const subject = subjectOf(server.lab, users({ deactivate: { move_to: 'ou=nowhere,dc=example,dc=com' } }));
    const text = /users\.deactivate: nothing is visible at ou=nowhere/;
    expect(texts(await selfTest(subject), 'failed')).to.match(text);
    expect((await refusal(open(subject), 'unavailable')).message).to.match(text);
  });

  it('fails without a way to deactivate, and names the choices', async () => {
    const subject = subjectOf(server.lab, { ldap: { profile: 'generic' } });
    const text = /users\.deactivate: .*Choose .*set = .*group = .*move_to = .*"none"/;
    expect(texts(await selfTest(subject), 'failed')).to.match(text);
    expect((await refusal(open(subject), 'invalidValue')).message).to.match(text);
  });

  it('warns of one of several servers that does not answer, and fails when none does', async () => {
    const subject = subjectOf(server.lab);
    const dead = 'ldaps://localhost:1';
    const some = await selfTest({ ...subject, urls: [server.lab.url, dead] });
    expect(texts(some, 'warning')).to.contain(dead);
    expect(texts(some, 'failed')).to.equal('');
    expect(texts(await selfTest({ ...subject, urls: [dead] }), 'failed')).to.contain(dead);
  });

  it('fails for a wrong password, once', async () => {
    const { dn } = server.lab.flavour.service;
    const findings = await selfTest(subjectOf(server.lab, {}, { dn, password: 'wrong' }));
    expect(findings).to.have.lengthOf(1);
    expect(texts(findings, 'failed')).to.match(
      /the bind as cn=scim,ou=services.* is refused: .*; check bind_dn and its password$/,
    );
  });

  it('tells the server’s own words, where it has any', async () => {
    const { dn, password } = server.lab.flavour.service;
    const findings = await selfTest(subjectOf(server.lab, {}, { dn: `${dn},no name`, password }));
    expect(texts(findings, 'failed')).to.match(/is refused: invalidDNSyntax \(34\).*; the server says: invalid DN$/);
  });

  it('names the index that a slow look-up lacks', () => {
    const tree = plantTree(
      subjectOf(server.lab).options,
      types,
      new Map([
        ['objectclass', ['OpenLDAProotDSE']],
        ['namingcontexts', ['dc=com', 'dc=example,dc=com', 'ou=else,dc=example,dc=com']],
        ['supportedcontrol', ['1.3.6.1.4.1.42.2.27.8.5.1']],
      ]),
      new Map(),
    );
    expect(indexFinding(tree, ['ou=people,dc=example,dc=com', 'entryUUID'], 63, 0.4)?.text).to.match(
      /takes 63 ms.* unless one is being built:\nDB=\S+ [\s\S]*\(olcSuffix=dc=example,dc=com\)[\s\S]*olcDbIndex: entryUUID eq\n/,
    );
    // A slow network is no missing index.
    expect(indexFinding(tree, ['ou=people,dc=example,dc=com', 'entryUUID'], 63, 50)).to.equal(undefined);
    expect(indexFinding(tree, ['ou=people,dc=example,dc=com', 'entryUUID'], 2, 0.1)).to.equal(undefined);
  });
});
