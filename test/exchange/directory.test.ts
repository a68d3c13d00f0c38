import type { MapOptions } from '../../connector/backend/ldap/settings/options.ts';
import { noCustomization } from '../../connector/scim/schema/resource-type.ts';
import { directoryLab } from '../support/directories/directory-lab.ts';
import type { FlavourName } from '../support/directories/flavours.ts';
import { directories, startServer } from '../support/start-server.ts';
import { allowSimplePasswords, MAP } from './directory-map.ts';
import { recorded, replayed } from './replay.ts';

/** By the app whose namespace a conversation uses; a server answers under its own. */
const CUSTOM: Readonly<Record<string, MapOptions>> = {
  onprem_app: {
    'custom.isAdmin': { ldap: 'carLicense', syntax: 'boolean' },
    'custom.isOkta': { ldap: 'businessCategory', syntax: 'boolean' },
    'custom.departmentName': 'roomNumber',
  },
  idmotors_scimonprem_1: {
    'custom.emailAddress': 'carLicense',
    'custom.flag': { ldap: 'roomNumber', syntax: 'boolean' },
    'custom.whole': { ldap: 'physicalDeliveryOfficeName', syntax: 'integer' },
    'custom.fraction': { ldap: 'postOfficeBox', syntax: 'decimal' },
    'custom.text': 'businessCategory',
  },
};

interface Exception {
  readonly file: RegExp;
  readonly reason: string;
  readonly only?: readonly FlavourName[];
}

/** What a directory cannot answer as recorded. */
const EXCEPTIONS: readonly Exception[] = [
  { file: /^create-user-custom-types/, reason: 'answers come under the URN of the app, whatever URN was sent' },
  { file: /^import-(users|groups)-changed/, reason: 'the server’s clock has whole seconds: what is new is sent again' },
  {
    file: /^(import-users-pages|groups-download)/,
    reason: 'pages are in the order of ids, which are random here',
    only: ['samba'],
  },
  { file: /^tester/, reason: 'the server forbids two people with one e-mail address', only: ['openldap', '389ds'] },
  { file: /^exists-special-characters/, reason: 'by default 389 wants user names in ASCII', only: ['389ds'] },
];

const exempt = (file: string, name: FlavourName): boolean =>
  EXCEPTIONS.some((one) => one.file.test(file) && (one.only?.includes(name) ?? true));

const appIn = (conversation: unknown): string =>
  /urn:okta:(idmotors_scimonprem_1):/.exec(JSON.stringify(conversation))?.[1] ?? noCustomization.app;

for (const name of directories)
  describe(`Okta's recorded exchanges on ${name}`, () => {
    const server = directoryLab(name);
    before(async () => {
      // The recorded passwords are simple.
      if (name === 'samba') await allowSimplePasswords(server.lab);
    });
    const list = { 'custom.list': { ldap: name === 'samba' ? 'otherIpPhone' : 'description', many: true } };
    for (const conversation of recorded) {
      if (exempt(conversation.file, name)) continue;
      it(conversation.description, async () => {
        const app = appIn(conversation);
        const customization = { ...noCustomization, app };
        const map = { ...MAP, ...CUSTOM[app], ...(app === 'onprem_app' ? {} : list) };
        await server.lab.clear();
        const store = { lab: server.lab, map };
        const http = await startServer({ store, customization, policy: { put: conversation.put } });
        try {
          await replayed(http.url, conversation, 'directory');
        } finally {
          await http.close();
        }
      });
    }
  });
