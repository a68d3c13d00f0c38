import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect } from 'chai';
import { exampleConfig } from '../../../connector/config/describe/example.ts';
import {
  environmentName,
  isFileOnly,
  isSecret,
  jsonSchema,
  NAME,
  settings,
} from '../../../connector/config/schema/settings.ts';
import { generatedDocs } from '../../support/generated-docs.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { loadText } from '../load/load-support.ts';

const lines = (text: string): readonly string[] => text.split('\n');

/** Settings that exclude others of the same table. */
const EXCLUSIVE =
  /^#(cert_file|key_file|pfx_file|username|passphrase|start_tls|fingerprints|servername|client_\w+)\b|^#password = .*"password"/;
/** Tables that another backend has no use for. A kind of entitlement says in a directory where it is. */
const OTHER = {
  sqlite: /^\[apps\.default\.(ldap|postgres|users|groups|users\.map|groups\.map)\]/,
  postgres: /^\[apps\.default\.(ldap|sqlite|users|groups|users\.map|groups\.map)\]/,
  ldap: /^\[apps\.default\.(sqlite|postgres|entitlements)\]/,
} as const;

/** Every setting of the example switched on, except those of another backend and those that exclude each other. */
function switchedOn(text: string, backend: keyof typeof OTHER): string {
  let table = '';
  return lines(text)
    .map((line) => {
      if (line.startsWith('[')) table = line;
      const directory = backend === 'ldap' && table === '[apps.default.ldap]' && line.startsWith('#password');
      const mail = table === '[alerts.email]';
      const off = OTHER[backend].test(table) || (EXCLUSIVE.test(line) && !directory && !mail);
      return off ? line : line.replace(/^#(?=\S)/, '').replace(/^backend = "sqlite"/, `backend = "${backend}"`);
    })
    .join('\n');
}

describe('documents made from the schema', () => {
  const folder = temporaryFolder();

  it('are up to date (node test/support/generated-docs.ts writes them)', async () => {
    for (const [path, text] of await generatedDocs()) expect(readFileSync(path, 'utf8'), basename(path)).to.equal(text);
  });

  it('the example means "all defaults" as it stands', async () => {
    const { config, warnings } = await loadText(folder.path, exampleConfig());
    const { config: defaults } = await loadText(folder.path, '');
    expect(warnings).to.deep.equal([]);
    const without = ({ apps, ...rest }: typeof config): unknown => ({
      ...rest,
      // Empty tables mean as much as none.
      apps: apps.map((app) => ({ ...app, users: { ...app.users, map: {} }, groups: { ...app.groups, map: {} } })),
    });
    expect(without(config)).to.deep.equal(without(defaults));
  });

  for (const backend of ['sqlite', 'postgres', 'ldap'] as const)
    it(`the example is valid when its lines are switched on, with ${backend}`, async () => {
      const { config } = await loadText(folder.path, switchedOn(exampleConfig(), backend), {
        resolveSecret: () => 'a-token-of-some-length-or-more-than-that',
      });
      expect(config.server.base_url).to.equal('https://idm01.corp.example:8443');
      expect(config.apps[0]?.users.custom.map(({ name }) => name)).to.deep.equal(['badgeId']);
      expect(config.apps[0]?.ldap.password?.reveal()).to.equal(
        backend === 'ldap' ? 'a-token-of-some-length-or-more-than-that' : undefined,
      );
    });

  it('the example holds every setting, explained', () => {
    const text = exampleConfig();
    for (const setting of settings()) {
      const { path, node } = setting;
      if (path.filter((key) => key === NAME).length > 1) continue;
      expect(text).to.match(new RegExp(`^# .+\\n#?${path.at(-1)} = `, 'm'), path.join('.'));
      expect(node.description, path.join('.')).to.be.a('string').and.not.match(/\.$/);
    }
  });

  it('the reference holds every setting with its variable', async () => {
    const reference = [...(await generatedDocs()).values()].join('\n');
    for (const setting of settings()) {
      expect(reference).to.contain(`| \`${setting.path.at(-1)}\` |`);
      if (isFileOnly(setting)) continue;
      const name = environmentName(setting.path);
      expect(reference).to.contain(isSecret(setting.node) ? `\`${name}\`, \`${name}_FILE\`` : `\`${name}\``);
    }
  });

  it('the JSON Schema refuses unknown keys everywhere', () => {
    const open: string[] = [];
    const visit = (node: object, path: string): void => {
      for (const [key, value] of Object.entries(node))
        if (typeof value === 'object' && value) visit(value, `${path}/${key}`);
      if ('properties' in node && !('additionalProperties' in node)) open.push(path);
    };
    visit(jsonSchema(), '');
    expect(open).to.deep.equal([]);
    expect(jsonSchema().title).to.equal('scim-connector configuration');
  });
});
