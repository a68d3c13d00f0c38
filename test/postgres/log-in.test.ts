import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { expect } from 'chai';
import { recognise } from '../../connector/explain/recognise.ts';
import { Database } from '../../connector/postgres/database.ts';
import { migrate } from '../../connector/postgres/migrate.ts';
import type { PostgresSettings } from '../../connector/postgres/settings.ts';
import type { ScimError } from '../../connector/scim/error.ts';
import { Secret } from '../../connector/secrets/secret.ts';
import { settingsFor } from '../support/postgres/fresh-database.ts';
import { CERTIFIED, CONNECTOR } from '../support/postgres/roles.ts';
import type { PostgresServer, ServerOptions } from '../support/postgres/server.ts';
import { postgresServer } from '../support/postgres/suite.ts';
import { rejection } from '../support/rejection.ts';

const caller = { signal: new AbortController().signal };

/** What a log-in says, where it is refused; else who we are and whether TLS is between. */
async function attempt(settings: PostgresSettings): Promise<unknown> {
  const database = new Database(settings, { schema: 'scim', deadline: 10_000 });
  try {
    await database.open();
    const [row] = await database.rows(
      caller,
      'SELECT current_user::text, ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()',
    );
    return row;
  } finally {
    await database.close();
  }
}

async function refusal(settings: PostgresSettings): Promise<ScimError> {
  const failure = (await rejection(attempt(settings))) as ScimError;
  expect(failure).to.have.property('reason', 'unavailable');
  expect(inspect(failure, { depth: 10 })).to.not.include(CONNECTOR.password);
  expect(recognise({ said: failure.message, text: failure.message } as never)).to.equal(failure.fault);
  return failure;
}

const onServer = (options: ServerOptions, tests: (suite: { readonly server: PostgresServer }) => void): void =>
  tests(postgresServer(options));

/** `localhost` is in the certificate, and no name of ours is the name of another machine. */
const at = (server: PostgresServer, host = 'localhost', role = CONNECTOR.name, database = 'postgres'): string =>
  `postgres://${role}@${host}:${server.port}/${database}`;

describe('a log-in at PostgreSQL', () => {
  const suite = postgresServer();
  const trusting = (more: Partial<PostgresSettings> = {}): PostgresSettings => {
    const { sslmode: _, ...settings } = settingsFor(suite.server.port, 'postgres');
    return { ...settings, url: at(suite.server), sslmode: 'verify-full', ca_file: suite.server.authorityFile, ...more };
  };
  const says = async (settings: PostgresSettings, fault: string, text: string | RegExp): Promise<void> => {
    const failure = await refusal(settings);
    expect(failure.fault).to.equal(fault);
    const told = failure.message.replace(/^PostgreSQL: (?:[\w.-]+:\d+: )?/, '');
    if (typeof text === 'string') expect(told).to.equal(text);
    else expect(told).to.match(text);
  };

  it('verifies the server and uses SCRAM', async () => {
    expect(await attempt(trusting())).to.deep.equal([CONNECTOR.name, true]);
    expect(await attempt(trusting({ url: at(suite.server, '127.0.0.1') }))).to.deep.equal([CONNECTOR.name, true]);
    const [stored] = await suite.server.admin<{ rolpassword: string }>(
      `SELECT rolpassword FROM pg_authid WHERE rolname = '${CONNECTOR.name}'`,
    );
    expect(stored?.rolpassword).to.match(/^SCRAM-SHA-256\$/);
  });

  it('trusts a server on this machine no more than any other, where it has TLS', async () => {
    const { sslmode: _, ca_file: __, ...settings } = trusting();
    await says(settings, 'postgres-certificate-untrusted', /put it into a file that ca_file names/);
    expect(await attempt({ ...settings, ca_file: suite.server.authorityFile })).to.deep.equal([CONNECTOR.name, true]);
  });

  it('goes without trust only where that is said', async () => {
    const { ca_file: _, ...settings } = trusting();
    await says(
      settings,
      'postgres-certificate-untrusted',
      'the authority of its certificate is not known here; put it into a file that ca_file names',
    );
    expect(await attempt({ ...settings, sslmode: 'require' })).to.deep.equal([CONNECTOR.name, true]);
  });

  it('takes a client certificate instead of a password', async () => {
    const { cert, key } = suite.server.clientFiles;
    const { password: _, ...settings } = trusting({ url: at(suite.server, 'localhost', CERTIFIED) });
    const certified = { ...settings, client_cert_file: cert, client_key_file: key };
    expect(await attempt(certified)).to.deep.equal([CERTIFIED, true]);
    await says(
      settings,
      'postgres-login-refused',
      /^it asks for a client certificate; set client_cert_file and client_key_file/,
    );
  });

  it('takes the password from PGPASSWORD where none is set, and nothing else from there', async () => {
    const { password: _, ...settings } = trusting();
    const before = { ...process.env };
    Object.assign(process.env, {
      PGPASSWORD: CONNECTOR.password,
      PGOPTIONS: '-c nonsense=1',
      PGSSLMODE: 'disable',
      PGUSER: 'x',
    });
    try {
      expect(await attempt(settings)).to.deep.equal([CONNECTOR.name, true]);
    } finally {
      process.env = before;
    }
  });

  it('says what is wrong with the password', async () => {
    const { password: _, ...without } = trusting();
    const refused = 'the password of the role is refused; check password, and the role in url';
    await says(trusting({ password: new Secret('wrong') }), 'postgres-password-refused', refused);
    await says(trusting({ url: at(suite.server, 'localhost', 'nobody') }), 'postgres-password-refused', refused);
    await says(
      without,
      'postgres-password-refused',
      'it asks for a password; set password = { env = "VARIABLE" }, or PGPASSWORD',
    );
  });

  it('says what is wrong with role, database and host', async () => {
    await says(
      trusting({ url: at(suite.server, 'localhost', CONNECTOR.name, 'people') }),
      'postgres-database-missing',
      'there is no such database; check its name in url, or create it',
    );
    await suite.server.admin('CREATE ROLE group_only');
    await says(trusting({ url: at(suite.server, 'localhost', 'group_only') }), 'postgres-password-refused', /refused/);
    await says(
      trusting({ url: at(suite.server, 'db.invalid') }),
      'postgres-host-unknown',
      /^(?:no such host|its address cannot be found)/,
    );
    await says(
      trusting({ url: 'postgres://scim@127.0.0.1:1/scim' }),
      'postgres-unreachable',
      'nobody listens there; check host and port, and that PostgreSQL runs',
    );
  });

  it('says when there is no connection left', async () => {
    await suite.server.admin(`ALTER ROLE ${CONNECTOR.name} CONNECTION LIMIT 0`);
    await says(
      trusting(),
      'postgres-connections-exhausted',
      'the server has no connection left for us; raise max_connections there, or lower pool_size',
    );
    await suite.server.admin(`ALTER ROLE ${CONNECTOR.name} CONNECTION LIMIT -1`);
  });

  it('says which right is missing', async () => {
    const database = new Database(trusting(), { schema: 'scim', deadline: 10_000 });
    const failures = [await rejection(migrate(database, caller, 'scim', []))];
    await suite.server.admin('CREATE SCHEMA scim; CREATE TABLE scim.migration (step int, at timestamptz)');
    failures.push(await rejection(migrate(database, caller, 'scim', [])));
    await suite.server.admin(`GRANT USAGE ON SCHEMA scim TO ${CONNECTOR.name}`);
    failures.push(await rejection(database.rows(caller, 'SELECT * FROM scim.migration')));
    await database.close();
    expect(failures.map(({ message }) => message)).to.deep.equal([
      'PostgreSQL: the role may not do this: CREATE SCHEMA there as an administrator, or GRANT CREATE ON DATABASE postgres to it; see check --print-grants',
      'PostgreSQL: the role may not do this: GRANT USAGE, CREATE ON SCHEMA scim to it; see check --print-grants',
      'PostgreSQL: the role may not do this: GRANT SELECT, INSERT, UPDATE, DELETE ON migration to it; see check --print-grants',
    ]);
    for (const failure of failures) expect(failure).to.have.property('fault', 'postgres-right-missing');
  });

  it('says when a file of ours cannot be read, or holds something else', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'scim-connector-'));
    writeFileSync(join(folder, 'empty.pem'), '');
    await says(
      trusting({ ca_file: join(folder, 'none.pem') }),
      'certificate-file-unusable',
      `ca_file ${folder}/none.pem cannot be opened (ENOENT); check its place and rights`,
    );
    await says(
      trusting({ ca_file: join(folder, 'empty.pem') }),
      'certificate-file-unusable',
      `ca_file ${folder}/empty.pem holds no certificate in PEM form`,
    );
    rmSync(folder, { recursive: true });
  });
});

for (const [certificate, fault, text] of [
  [
    'none',
    'postgres-tls-not-offered',
    'it offers no TLS; switch it on there (ssl = on), or write sslmode = "disable" on a network that you trust',
  ],
  ['expired', 'postgres-certificate-expired', 'its certificate, or one above it, has expired; renew it'],
  [
    'another-name',
    'postgres-certificate-name',
    'its certificate is for another name: it has db.elsewhere.example, and not localhost; use a name that it has in url',
  ],
] as const)
  describe(`a server whose certificate is ${certificate}`, () =>
    onServer({ certificate }, (suite) => {
      it('is told what is wrong, and is sent no password', async () => {
        const settings = settingsFor(suite.server.port, 'postgres', {
          url: at(suite.server),
          sslmode: 'verify-full',
          ca_file: suite.server.authorityFile,
        });
        const failure = await refusal(settings);
        expect(failure.message).to.equal(`PostgreSQL: localhost:${suite.server.port}: ${text}`);
        expect(failure.fault).to.equal(fault);
        if (certificate === 'another-name')
          expect(await attempt({ ...settings, sslmode: 'verify-ca' })).to.deep.equal([CONNECTOR.name, true]);
        if (certificate !== 'none') return;
        // In the clear, on this machine and where nothing is said of TLS.
        const { sslmode: _, ca_file: __, ...silent } = settings;
        expect(await attempt(silent)).to.deep.equal([CONNECTOR.name, false]);
        expect((await refusal({ ...silent, ca_file: suite.server.authorityFile })).fault).to.equal(fault);
      });
    }));
