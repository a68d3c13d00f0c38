import { expect } from 'chai';
import type { LdapBackend } from '../../../../connector/backend/ldap/ldap-backend.ts';
import type { Change } from '../../../../connector/scim/change.ts';
import { ENTERPRISE_SCHEMA } from '../../../../connector/scim/schema/names.ts';
import { refusal } from '../../../conformance/refusal.ts';
import { directoryLab } from '../../../support/directories/directory-lab.ts';
import { type More, openBackend } from '../../../support/directories/ldap-backend.ts';
import { set, verbs } from '../../../support/directories/scim.ts';

const mail = (value: string) => ({ emails: [{ value, type: 'primary', primary: true }] });
const phone = (type: string, value: string) => ({ phoneNumbers: [{ type, value }] });

for (const flavour of ['openldap', '389ds'] as const)
  describe(`what ${flavour} refuses is named`, () => {
    const server = directoryLab(flavour);
    const opened: LdapBackend[] = [];
    const open = async (more: More = {}): Promise<ReturnType<typeof verbs>> => {
      const backend = await openBackend(server.lab, more);
      opened.push(backend);
      return verbs(backend);
    };
    beforeEach(() => server.lab.clear());
    afterEach(() => Promise.all(opened.splice(0).map((backend) => backend.close())));

    it('an address that somebody else has, in a create and in a change', async () => {
      const scim = await open();
      await scim.user({ userName: 'ali', active: true, ...mail('ali@corp.example') });
      const text = 'emails.value (mail) "ali@corp.example" is already in use by another entry';
      const made = scim.user({ userName: 'other', active: true, ...mail('ali@corp.example') });
      expect((await refusal(made, 'uniqueness')).message).to.equal(text);
      const { id } = await scim.user({ userName: 'other', active: true });
      const changed = scim.change(id, [set('emails', mail('ali@corp.example').emails)]);
      expect((await refusal(changed, 'uniqueness')).message).to.equal(text);
    });

    it('a name that is the name of another entry, and the setting behind it', async () => {
      const scim = await open({ users: { rdn: 'cn={name.formatted}' } });
      const john = { active: true, name: { formatted: 'John Smith', familyName: 'Smith' } };
      await scim.user({ userName: 'john1', ...john });
      expect((await refusal(scim.user({ userName: 'john2', ...john }), 'uniqueness')).message).to.equal(
        'name.formatted (cn) "John Smith" is already in use by another entry; users.rdn names entries by it',
      );
    });

    for (const [what, more, text] of [
      [
        'an address beyond ASCII',
        mail('jörg@bücher.example'),
        'emails.value (mail) "jörg@bücher.example" does not have the form that the directory asks for: ASCII',
      ],
      [
        'a telephone number',
        phone('work', '555-0100 #12'),
        'phoneNumbers.work (telephoneNumber) "555-0100 #12" does not have the form that the directory asks for: letters and digits',
      ],
      [
        'a mobile number',
        phone('mobile', '+46_70 123'),
        'phoneNumbers.mobile (mobile) "+46_70 123" does not have the form',
      ],
    ] as const)
      it(`${what}, in a create and in a change`, async () => {
        const scim = await open();
        const made = scim.user({ userName: 'bad', active: true, title: 'Engineer', ...more });
        expect((await refusal(made, 'invalidValue')).message).to.include(text);
        const { id } = await scim.user({ userName: 'bad', active: true });
        const changes = Object.entries(more).map(([name, value]) => set(name, value));
        expect((await refusal(scim.change(id, changes), 'invalidValue')).message).to.include(text);
      });

    it('an attribute that the object classes do not allow, and where they are set', async () => {
      const scim = await open({ users: { map: { nickName: 'gecos' } } });
      const made = scim.user({ userName: 'ann', active: true, nickName: 'Annie' });
      expect((await refusal(made, 'invalidValue')).message).to.match(
        /^nickName \(gecos\) is not allowed in such an entry: add an object class that allows it to users\.object_classes/,
      );
    });

    it('an attribute that is required', async () => {
      const scim = await open({ users: { map: { 'name.familyName': 'sn' } } });
      const made = scim.user({ userName: 'ann', active: true });
      expect((await refusal(made, 'invalidValue')).message).to.match(
        /^name\.familyName \(sn\) is required by object class \w+ and has no value$/,
      );
    });
  });

describe('a password that a real directory refuses', () => {
  const short = (backend: LdapBackend) =>
    refusal(verbs(backend).user({ userName: 'ann', active: true, password: 'x' }), 'invalidValue');

  describe('openldap', () => {
    const server = directoryLab('openldap');
    it('is too short, which the policy control says; nobody is made', async () => {
      const backend = await openBackend(server.lab);
      try {
        expect((await short(backend)).message).to.equal('password is too short for the directory');
        expect(await verbs(backend).find('userName eq "ann"')).to.deep.equal([]);
        const { id } = await verbs(backend).user({ userName: 'ann', active: true });
        const changed = verbs(backend).change(id, [set('password', 'x'), set('title', 'Boss')]);
        expect((await refusal(changed, 'invalidValue')).message).to.equal('password is too short for the directory');
        expect((await verbs(backend).get(id)).attributes['title']).to.equal(undefined);
      } finally {
        await backend.close();
      }
    });
  });

  describe('openldap, where its policy may be read', () => {
    const server = directoryLab('openldap');
    it('is too short, and how long it has to be', async () => {
      const { suffix, service, admin } = server.lab.flavour;
      const read = `by dn.exact="${service.dn}" read by * none`;
      await server.lab.apply(
        `dn: olcDatabase={1}mdb,cn=config\nchangetype: modify\nadd: olcAccess\nolcAccess: {0}to dn.base="${suffix}" ${read}\nolcAccess: {1}to dn.subtree="ou=policies,${suffix}" ${read}\n`,
        { dn: 'cn=config', password: admin.password },
      );
      const backend = await openBackend(server.lab);
      try {
        expect((await short(backend)).message).to.equal(
          'password is too short for the directory: it asks for at least 6 characters',
        );
      } finally {
        await backend.close();
      }
    });
  });

  describe('389ds', () => {
    const server = directoryLab('389ds');
    const policy = (value: 'on' | 'off') =>
      server.lab.apply(
        `dn: cn=config\nchangetype: modify\nreplace: passwordCheckSyntax\npasswordCheckSyntax: ${value}\n`,
      );
    beforeEach(() => policy('on'));
    afterEach(() => policy('off'));
    it('is told in its own words', async () => {
      const backend = await openBackend(server.lab);
      try {
        expect((await short(backend)).message).to.equal(
          'the directory refuses the password: password must be at least 8 characters long',
        );
      } finally {
        await backend.close();
      }
    });
  });
});

/** Without the steps that look for what is free. */
const AS_IT_IS = {
  rdn: 'cn={userName}',
  map: { 'ldap:sAMAccountName': { ldap: 'sAMAccountName', direction: 'once', otherwise: ['{userName:account}'] } },
} as const;

describe('what samba refuses is named', () => {
  const server = directoryLab('samba');
  let backend: LdapBackend;
  let scim: ReturnType<typeof verbs>;
  before(async () => {
    backend = await openBackend(server.lab, { users: AS_IT_IS });
    scim = verbs(backend);
  });
  after(() => backend?.close());
  beforeEach(() => server.lab.clear());

  const LONG_NUMBER = '12345678901234567';
  const LONG = 'firstname-middlename.lastname-doublebarrel.contractor@emea.lab.example.com';
  for (const [what, person, text] of [
    [
      'the title',
      { title: 't'.repeat(129) },
      /^title "t+\.\.\." has 129 characters, and the directory takes at most 128$/,
    ],
    [
      'the country',
      { addresses: [{ type: 'work', country: 'Germany' }] },
      /^addresses\.work\.country \(c\) "Germany" has 7 characters, and the directory takes at most 3$/,
    ],
    [
      'the number',
      { [ENTERPRISE_SCHEMA]: { employeeNumber: LONG_NUMBER } },
      /employeeNumber \(employeeID\) "12345678901234567" has 17 characters, and the directory takes at most 16$/,
    ],
    [
      'the name',
      { userName: LONG },
      /^userName \(cn\) "firstname-.*" has 74 characters, and the directory takes at most 64; users\.rdn names entries by it$/,
    ],
  ] as const)
    it(`${what} with its limit, in a create and in a change`, async () => {
      const made = scim.user({ userName: 'c1@lab.example.com', active: false, ...person });
      expect((await refusal(made, 'invalidValue')).message).to.match(text);
      const { id } = await scim.user({ userName: 'c1@lab.example.com', active: false });
      const changes = Object.entries(person).map(
        ([name, value]): Change =>
          name === ENTERPRISE_SCHEMA
            ? { op: 'set', path: { attribute: 'employeeNumber', extension: ENTERPRISE_SCHEMA }, value: LONG_NUMBER }
            : set(name, value),
      );
      expect((await refusal(scim.change(id, changes), 'invalidValue')).message).to.match(text);
    });

  it("the group's name with its limit", async () => {
    const name = `APP-SAP-${'x'.repeat(70)}`;
    expect((await refusal(scim.group(name), 'invalidValue')).message).to.match(
      /^displayName \(cn\) "APP-SAP-.*" has 78 characters, and the directory takes at most 64$/,
    );
  });

  for (const [what, password, text] of [
    ['short', 'x', 'password is too short for the directory: it asks for at least 7 characters'],
    ['simple', 'aaaaaaaaaaaaaa', 'password is too simple for the directory: it asks for three of capital letters'],
  ] as const)
    it(`a password that is too ${what}, in a create and in a change`, async () => {
      const made = scim.user({ userName: 'c1@lab.example.com', active: true, password });
      expect((await refusal(made, 'invalidValue')).message).to.include(text);
      const { id } = await scim.user({ userName: 'c1@lab.example.com', active: false });
      expect((await refusal(scim.change(id, [set('password', password)]), 'invalidValue')).message).to.include(text);
    });

  it('an account name that is derived, and taken', async () => {
    await scim.user({ userName: 'bjensen@lab.example.com', active: false });
    const other = scim.user({ userName: 'bjensen@other.example.com', active: false });
    expect((await refusal(other, 'uniqueness')).message).to.equal(
      'sAMAccountName "bjensen" is already in use by another entry; the line ldap:sAMAccountName of users.map makes it',
    );
  });
});
