import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { PROFILES } from '../../../connector/backend/ldap/layout/profiles.ts';
import { compileTable } from '../../../connector/backend/ldap/mapping/attribute-mapping.ts';
import type { MapOptions } from '../../../connector/backend/ldap/settings/options.ts';
import { backendOptions } from '../../../connector/backend/ldap/settings/settings.ts';
import { typesOf } from '../../../connector/backend/module/app-settings.ts';
import type { App } from '../../../connector/config/config.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { loadText } from '../load/load-support.ts';

const page = (name: string): string => readFileSync(join(import.meta.dirname, '../../../docs', name), 'utf8');
const tomlIn = (text: string): readonly string[] =>
  [...text.matchAll(/```toml\n(.*?)```/gs)].map(([, toml = '']) => toml);

describe('the pages about directories', () => {
  const folder = temporaryFolder();
  const LDAP = page('ldap.md');
  const [shortest = '', choices = '', mapping = ''] = tomlIn(LDAP);
  const app = async (text: string): Promise<App> =>
    (await loadText(folder.path, text, { env: { LDAP_PASSWORD: 'secret-for-tests' } })).config.apps[0] as App;
  const compiled = (own: App): void => {
    const { users } = backendOptions(own);
    compileTable(typesOf(own).User, PROFILES.generic.users.map, users.map ?? {}, 'users.map');
  };

  it('show a file that works', async () => {
    expect((await app(shortest)).users.base).to.equal('ou=people,dc=example,dc=com');
  });

  for (const line of choices.split('\n').filter((text) => text.startsWith('deactivate')))
    it(`show a choice that works: ${line}`, async () => {
      const { users } = await app(shortest.replace('[apps.default.groups]', `${line}\n[apps.default.groups]`));
      expect(users.deactivate).to.not.equal(undefined);
    });

  for (const text of [mapping, ...tomlIn(page('directory-active-directory.md'))])
    it(`show lines that work: ${text.split('\n')[1]}`, async () => {
      compiled(await app(`${shortest}${text}`));
    });

  for (const [name, map] of [
    ['inetOrgPerson', PROFILES.generic.users.map],
    ['Active Directory', PROFILES['active-directory'].users.map],
  ] as readonly (readonly [string, MapOptions])[])
    it(`list every default line of ${name}`, () => {
      for (const [path, value] of Object.entries(map)) {
        const ldap = typeof value === 'string' ? value : value.ldap;
        expect(LDAP).to.contain(`| \`${path}\` | \`${ldap}\``);
      }
    });
});
