import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { datedServer } from '../../support/directories/dated-server.ts';
import type { DirectoryStage } from './directory-stage.ts';
import type { PlantedFault } from './planted-fault.ts';

type Planted = PlantedFault<DirectoryStage>;

const MDB = 'dn: olcDatabase={1}mdb,cn=config\nchangetype: modify\n';
const URN = 'urn:scim:schemas:core:1.0';
const OPEN = ['--http', '--auth', 'none', '--port', '0'];

const person = (userName: string, more: object = {}): object => ({
  schemas: [URN],
  userName,
  name: { familyName: 'Lee', givenName: userName, formatted: userName },
  ...more,
});
const mail = (value: string): object => ({ emails: [{ value, type: 'work', primary: true }] });

/** Serves, and asks for one thing. */
const created =
  (body: object, before?: object) =>
  async (stage: DirectoryStage): Promise<string> => {
    await stage.serve();
    if (before) await stage.ask('POST', '/Users', before);
    return stage.told('POST', '/Users', body);
  };

export const REFUSED: readonly Planted[] = [
  {
    name: 'a value that the schema refuses',
    code: 'value-refused-by-schema',
    shown: 'in Okta',
    text: /^emails\.value \(mail\) "jö@example\.com" does not have the form that the directory asks for: ASCII/,
    fix: /Profile Editor/,
    plant: created(person('jo', mail('jö@example.com'))),
  },
  {
    name: 'an e-mail address that somebody else has',
    code: 'value-taken',
    shown: 'in Okta',
    text: /^emails\.value \(mail\) "user000001@example\.com" is already in use by another entry \(ref /,
    fix: /trace VALUE/,
    plant: created(person('twin', mail('user000001@example.com'))),
  },
  {
    name: 'a name that is too long',
    code: 'name-too-long',
    shown: 'in Okta',
    text: /^userName \(uid\) "n+…?(\.\.\.)?…?" is too long to name an entry/,
    fix: /rdn = /,
    plant: created(person('n'.repeat(300))),
  },
  {
    name: 'a password policy',
    code: 'password-too-short',
    shown: 'in Okta',
    text: /^password is too short for the directory/,
    fix: /pwdPolicy/,
    plant: created(person('kim', { password: 'abc' })),
  },
  {
    name: 'a member who was deleted in the directory',
    code: 'member-unknown',
    shown: 'in Okta',
    text: /^members: no User or Group has the id "[\w-]+" \(ref /,
    fix: /unknown_members/,
    plant: async (stage) => {
      await stage.serve();
      const { body } = await stage.ask('POST', '/Users', person('gone'));
      await stage.lab.apply(`dn: uid=gone,${stage.lab.flavour.people}\nchangetype: delete\n`);
      return stage.told('POST', '/Groups', { displayName: 'sales', members: [{ value: body.id }] });
    },
  },
];

/** Before a directory whose certificate is valid at another time. */
const dated =
  (notBefore: string, notAfter: string) =>
  async (stage: DirectoryStage): Promise<string> => {
    const { url, authority, close } = await datedServer(new Date(notBefore), new Date(notAfter));
    stage.onClose(close);
    const file = join(stage.folder, 'ca.pem');
    writeFileSync(file, authority);
    stage.configure((text) =>
      text.replace(/^urls.*$/m, `urls = ["${url}"]`).replace(/^ca_file.*$/m, `ca_file = "${file}"`),
    );
    return stage.refusedServe(OPEN);
  };

export const LIMITED: readonly Planted[] = [
  {
    name: 'a certificate that has expired',
    code: 'directory-certificate-expired',
    shown: 'on the terminal',
    light: 'backend',
    text: /the server's certificate has expired on 2021-02-03 04:05 UTC; renew it/,
    fix: /renewed on the directory server/,
    plant: dated('2020-01-01T00:00:00Z', '2021-02-03T04:05:06Z'),
  },
  {
    name: 'clocks that differ',
    code: 'directory-clock',
    shown: 'on the terminal',
    light: 'backend',
    text: /the server's certificate is not valid before 2090-01-02 03:04 UTC; check both clocks/,
    fix: /timedatectl/,
    plant: dated('2090-01-02T03:04:05Z', '2091-01-01T00:00:00Z'),
  },
  {
    name: 'a size limit',
    code: 'directory-size-limit',
    shown: 'in Okta',
    text: /^LDAP: the directory's size limit cut a search short; raise it for the service account \(ref /,
    fix: /olcLimits/,
    plant: async (stage) => {
      stage.configure((text) => text.replace('cn=scim,', 'cn=scim-limited,'));
      await stage.serve();
      return stage.told('GET', '/Users?startIndex=1&count=200');
    },
  },
  {
    name: 'a service account with a wrong password',
    code: 'directory-bind-refused',
    shown: 'on the terminal',
    light: 'backend',
    text: /the bind as cn=scim,.* is refused: invalidCredentials \(49\); check bind_dn and its password, which comes from .*password/,
    fix: /secret set/,
    plant: (stage) => {
      const file = join(stage.folder, 'password');
      writeFileSync(file, 'wrong', { mode: 0o600 });
      stage.configure((text) => text.replace('{ env = "LDAP_PASSWORD" }', `{ file = "${file}" }`));
      return stage.refusedServe(OPEN);
    },
  },
  {
    name: 'a certificate for another name',
    code: 'directory-certificate-name',
    shown: 'on the terminal',
    light: 'backend',
    text: /the server's certificate is for another name: it has localhost, 127\.0\.0\.1, and not \S+; use a name that it has in urls, or set servername/,
    fix: /servername/,
    plant: (stage) => {
      stage.configure((text) =>
        text.replace('[apps.default.ldap]', '[apps.default.ldap]\nservername = "ldap2.corp.example"'),
      );
      return stage.refusedServe(OPEN);
    },
  },
  {
    name: 'a certificate of an authority that is not known',
    code: 'directory-certificate-untrusted',
    shown: 'on the terminal',
    light: 'backend',
    text: /the authority of the server's certificate \(CN=Directory test CA\) is not trusted; put it into ca_file/,
    fix: /ca_file/,
    plant: (stage) => {
      stage.configure((text) => text.replace(/^ca_file.*$/m, ''));
      return stage.refusedServe(OPEN);
    },
  },
  {
    name: 'a directory that is frozen',
    code: 'directory-silent',
    shown: 'in Okta',
    text: /^LDAP: (the directory did not answer within|\S+: no (answer|connection) within)/,
    fix: /ldap\.urls/,
    plant: async (stage) => {
      await stage.serve(['--http', '--auth', 'none', '--server.deadline', '10s']);
      await stage.lab.freeze();
      stage.onClose(() => stage.lab.thaw());
      return stage.told('GET', '/Users?startIndex=1&count=200');
    },
  },
  {
    name: 'an access rule',
    code: 'directory-access-denied',
    shown: 'in Okta',
    text: /^LDAP: the service account may not modify a User, or its base is missing; see check --print-acl \(ref /,
    fix: /--print-acl/,
    plant: async (stage) => {
      await stage.serve();
      const { body } = await stage.ask('GET', '/Users?startIndex=1&count=1');
      const [{ id, userName }] = body.Resources;
      const { people, service } = stage.lab.flavour;
      const rule = `olcAccess: {0}to dn.subtree="${people}" by dn.exact="${service.dn}" read by * none\n`;
      await stage.configuration(`${MDB}add: olcAccess\n${rule}`);
      stage.onClose(() => stage.configuration(`${MDB}delete: olcAccess\nolcAccess: {0}\n`));
      return stage.told('PUT', `/Users/${id}`, { schemas: [URN], userName, title: 'Boss' });
    },
  },
];
