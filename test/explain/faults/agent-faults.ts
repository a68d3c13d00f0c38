import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { PlantedFault } from './planted-fault.ts';
import type { Stage } from './stage.ts';

const TOKEN = ['--http', '--auth', 'header'];

/** A token as it is printed once. */
async function token(stage: Stage): Promise<string> {
  const { stdout } = await stage.run(['token', 'add', 'okta', '--json']);
  return JSON.parse(stdout).secret ?? JSON.parse(stdout).token ?? JSON.parse(stdout).value;
}

const authorised = (value: string): Record<string, string> => ({ Authorization: value });
const person = { schemas: ['urn:scim:schemas:core:1.0'], userName: 'jdoe' };

export const AGENT_FAULTS: readonly PlantedFault[] = [
  {
    name: 'a wrong header',
    code: 'credential-missing',
    shown: 'in Okta',
    text: /^the request has no X-Scim-Token header, only Authorization: choose HTTP Header in Okta and enter this name and a token \(ref /,
    fix: /okta sheet/,
    plant: async (stage) => {
      const secret = await token(stage);
      await stage.serve([...TOKEN, '--auth.header', 'X-Scim-Token']);
      return stage.told('GET', '/Users', undefined, authorised(`Bearer ${secret}`));
    },
  },
  {
    name: 'a bare token',
    code: 'bearer-word-missing',
    shown: 'in the log',
    text: /the value lacks the word Bearer: enter Bearer, a space and the token in Okta/,
    fix: /the word Bearer, one space, the token/,
    plant: async (stage) => {
      const secret = await token(stage);
      const server = await stage.serve(TOKEN);
      const { status } = await stage.ask('GET', '/Users', undefined, authorised(secret));
      if (status !== 200) throw new Error('a bare token works all the same');
      return (await server.logged(/the value lacks[^"\n]*/))[0];
    },
  },
  {
    name: 'an expired token',
    code: 'token-expired',
    shown: 'in Okta',
    text: /^the token has expired: make a new one with token add NAME \(ref /,
    fix: /token add okta2/,
    plant: async (stage) => {
      const secret = await token(stage);
      // As long ago as no clock of a test goes.
      const file = join(stage.folder, 'credentials.json');
      const kept = JSON.parse(readFileSync(file, 'utf8'));
      const lists = Array.isArray(kept) ? kept : (kept.credentials ?? []);
      for (const one of lists) one.expires = '2020-01-01T00:00:00.000Z';
      writeFileSync(file, JSON.stringify(kept));
      await stage.serve(TOKEN);
      return stage.told('GET', '/Users', undefined, authorised(`Bearer ${secret}`));
    },
  },
  {
    name: 'a base URL with /v3',
    code: 'base-url-version',
    shown: 'in Okta',
    text: /^this connector speaks SCIM 1\.1 and SCIM 2\.0: use \/scim\/v1\/ or \/scim\/v2\/ in the base URL \(ref /,
    fix: /okta sheet/,
    plant: async (stage) => {
      await stage.serve();
      return stage.told('GET', '/../v3/ServiceProviderConfig');
    },
  },
  {
    name: 'the base URL of the other version',
    code: 'scim1-body',
    shown: 'in Okta',
    text: /^the request is SCIM 1\.1, and SCIM 2\.0 is spoken here; enter the base URL http:.*\/scim\/v1\/ \(ref /,
    fix: /okta sheet/,
    plant: async (stage) => {
      await stage.serve();
      return stage.told('POST', '/../v2/Users', person);
    },
  },
  {
    name: 'a custom attribute without a namespace',
    code: 'custom-attribute-without-namespace',
    shown: 'in the log',
    text: /costCenter2 is a custom attribute and came without a namespace/,
    fix: /okta schema/,
    plant: async (stage) => {
      const server = await stage.serve(['--http', '--auth', 'none', '--config', configured(stage)]);
      await stage.ask('POST', '/Users', { ...person, costCenter2: '12' });
      return (await server.logged(/\w+ is a custom attribute[^"\n]*/))[0];
    },
  },
  {
    name: 'an agent without our CA',
    code: 'agent-distrusts-certificate',
    shown: 'in the log',
    light: 'agent',
    text: /does not trust our CA: run/,
    fix: /keytool -importcert/,
    plant: async (stage) => {
      const server = await stage.serve(['--auth', 'none']);
      const { port } = new URL(server.url);
      // Node tells nobody why it leaves; OpenSSL sends an alert, as Java does.
      const words = ['s_client', '-connect', `127.0.0.1:${port}`, '-servername', 'localhost', '-verify_return_error'];
      await once(spawn('openssl', words, { stdio: 'ignore' }), 'exit');
      return (await server.logged(/the (?:agent|client) at[^\n]*/))[0];
    },
  },
  {
    name: 'a port that is taken',
    code: 'port-taken',
    shown: 'on the terminal',
    text: /is taken by/,
    fix: /ss -ltnp/,
    plant: async (stage) => {
      const other = createServer().listen(0, '127.0.0.1');
      stage.onClose(() => other.close());
      await once(other, 'listening');
      const address = other.address();
      const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
      return stage.refusedServe(['--http', '--auth', 'none', '--port', String(port)]);
    },
  },
  {
    name: 'a configuration in UTF-32',
    code: 'configuration-not-text',
    shown: 'on the terminal',
    text: /connector\.toml: is UTF-32 text; save the file as UTF-8/,
    fix: /iconv/,
    plant: async (stage) => {
      const file = join(stage.folder, 'connector.toml');
      const text = 'config_version = 1\n';
      writeFileSync(
        file,
        Buffer.concat([
          Buffer.from([0xff, 0xfe, 0, 0]),
          ...[...text].map((c) => Buffer.from([c.charCodeAt(0), 0, 0, 0])),
        ]),
      );
      return (await stage.run(['check', '--config', file])).stderr.trim();
    },
  },
];

/** A file with one custom attribute. */
function configured(stage: Stage): string {
  const file = join(stage.folder, 'connector.toml');
  writeFileSync(file, 'config_version = 1\n[apps.default.users.custom.costCenter2]\ntype = "string"\n');
  return file;
}
