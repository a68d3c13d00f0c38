import type { MapOptions } from '../../connector/backend/ldap/settings/options.ts';
import { noCustomization } from '../../connector/scim/schema/resource-type.ts';
import { directoryLab } from '../support/directories/directory-lab.ts';
import type { FlavourName } from '../support/directories/flavours.ts';
import { directories, startServer } from '../support/start-server.ts';
import { allowSimplePasswords, MAP } from './directory-map.ts';
import { recordedIn, replayed } from './replay.ts';

interface Exception {
  readonly file: RegExp;
  readonly reason: string;
  readonly only?: readonly FlavourName[];
}

/** What a directory cannot answer as recorded. */
const EXCEPTIONS: readonly Exception[] = [
  { file: /^patch-primary/, reason: 'labels are by the order of the values: who is primary is called work' },
  { file: /^entra-user-life/, reason: 'there displayName and name.formatted are one attribute', only: ['samba'] },
  { file: /^bulk/, reason: 'a group has no version where its members are not read', only: ['389ds'] },
];

const exempt = (file: string, name: FlavourName): boolean =>
  EXCEPTIONS.some((one) => one.file.test(file) && (one.only?.includes(name) ?? true));

/** The labels that clients of 2.0 write; Okta's agent writes its own. */
const onInetOrgPerson: MapOptions = {
  emails: { ldap: 'mail', labels: ['work', 'home', 'other'] },
  'name.middleName': 'destinationIndicator',
};
const onActiveDirectory: MapOptions = {
  'emails.primary': '',
  'emails.secondary': '',
  'emails.work': { ldap: 'mail', many: false },
  'emails.home': { ldap: 'otherMailbox', labels: ['home', 'other'] },
};

const CUSTOM = {
  'custom.isAdmin': { ldap: 'carLicense', syntax: 'boolean' },
  'custom.isOkta': { ldap: 'businessCategory', syntax: 'boolean' },
  'custom.departmentName': 'roomNumber',
} as const;

for (const name of directories)
  describe(`exchanges in SCIM 2.0 on ${name}`, () => {
    const server = directoryLab(name);
    before(async () => {
      if (name === 'samba') await allowSimplePasswords(server.lab);
    });
    for (const conversation of recordedIn('scim-2.0')) {
      if (exempt(conversation.file, name)) continue;
      it(conversation.description, async () => {
        await server.lab.clear();
        const { put, dialect = 'compatible' } = conversation;
        const ofKind = name === 'samba' ? onActiveDirectory : onInetOrgPerson;
        const groupMap = { externalId: name === 'samba' ? 'info' : 'businessCategory' };
        const store = { lab: server.lab, map: { ...MAP, ...CUSTOM, ...ofKind }, groupMap };
        const policy = { put };
        const http = await startServer({ store, customization: noCustomization, version: '2.0', dialect, policy });
        try {
          await replayed(http.url, conversation, 'directory');
        } finally {
          await http.close();
        }
      });
    }
  });
