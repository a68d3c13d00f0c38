import { expect } from 'chai';
import { blotted } from '../../../../connector/backend/ldap/directory/blotted.ts';
import type { Operation } from '../../../../connector/backend/ldap/directory/operation.ts';

const add = (
  attributes: Readonly<Record<string, readonly string[]>>,
  dn = 'uid=bjensen,ou=people,dc=x',
): Operation => ({
  kind: 'add',
  dn,
  attributes: { objectClass: ['inetOrgPerson'], ...attributes },
});

describe("a server's words for the log", () => {
  it('lose the values that were sent, in whatever spelling, and keep everything else', () => {
    const mail = add({ mail: ['b*(x)@example.com'] });
    expect(blotted('non-unique attributes found with (|(mail=b\\2a\\28x\\29@example.com))', mail)).to.equal(
      'non-unique attributes found with (|(mail=…))',
    );
    const name = add({ cn: ['Lee, Ann'] }, 'cn=Lee\\2c Ann,ou=people,dc=x');
    expect(blotted('Entry CN=LEE\\, ANN,ou=people,dc=x already exists', name)).to.equal(
      'Entry CN=…,ou=people,dc=x already exists',
    );
    expect(blotted("object class 'inetOrgPerson' requires attribute 'sn'", add({ sn: ['s'] }))).to.equal(
      "object class 'inetOrgPerson' requires attribute 'sn'",
    );
  });

  it('lose what a modify writes and what a rename gives', () => {
    const modifications = [{ operation: 'replace', attribute: 'userPassword', values: ['hunter2'] }] as const;
    expect(blotted('hunter2 is too short', { kind: 'modify', dn: 'uid=a,dc=x', modifications })).to.equal(
      '… is too short',
    );
    expect(blotted("uid 'ann' in use", { kind: 'rename', dn: 'uid=bob,dc=x', rdn: 'uid=ann' })).to.equal(
      "uid '…' in use",
    );
  });

  it('are one line', () =>
    expect(blotted('mail: value #0 invalid\n per syntax\n')).to.equal('mail: value #0 invalid per syntax'));
});
