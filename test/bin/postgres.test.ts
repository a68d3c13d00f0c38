import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { CliServer, cli } from '../support/cli.ts';
import { postgresDatabase } from '../support/postgres/suite.ts';
import { send } from '../support/send.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const OPEN = ['--http', '--auth', 'none', '--port', '0'];

describe('serve --backend postgres', () => {
  const database = postgresDatabase();
  const folder = temporaryFolder();
  const running: CliServer[] = [];
  afterEach(async () => {
    await Promise.all(running.splice(0).map((server) => server.stop()));
  });

  /** A connector of its own, with its own folder. */
  async function start(name: string, env: Record<string, string>): Promise<CliServer> {
    const server = await CliServer.start([...OPEN, '--backend', 'postgres', '--postgres-url', database.fresh.url], {
      cwd: folder.path,
      env: { CONNECTOR_STATE_DIR: join(folder.path, name), ...env },
    });
    running.push(server);
    return server;
  }

  it('needs no file, and what is made through one connector is there for another at once', async () => {
    const { password } = database.fresh;
    const one = await start('one', { PGPASSWORD: password });
    const other = await start('other', { CONNECTOR_APPS__DEFAULT__POSTGRES__PASSWORD: password });
    const person = { schemas: ['urn:scim:schemas:core:1.0'], userName: 'ann', password: 'Str0ng-enough' };
    const made = await send(`${one.url}/Users`, 'POST', person);
    expect(made.status, made.text).to.equal(201);
    const found = await send(`${other.url}/Users/${made.body.id}`, 'GET');
    expect(found.status).to.equal(200);
    expect(found.body).to.deep.include({ userName: 'ann', id: made.body.id });
    expect((await send(`${other.url}/Users`, 'POST', { ...person, userName: 'ANN' })).status).to.equal(409);
    expect((await send(`${other.url}/Users/${made.body.id}`, 'DELETE')).status).to.equal(200);
    expect((await send(`${one.url}/Users/${made.body.id}`, 'GET')).status).to.equal(404);
    const nodes = await database.fresh.admin('SELECT DISTINCT node FROM scim.outbox');
    for (const { node } of nodes) expect(node).to.match(/^[0-9a-f-]{36}$/);
  });

  it('says which two apps have one schema, and what is missing without a database', async () => {
    const { url } = database.fresh;
    const check = (text: string) => {
      writeFileSync(join(folder.path, 'c.toml'), `config_version = 1\n${text}`);
      return cli(['serve', '--config', 'c.toml'], { cwd: folder.path });
    };
    const app = (name: string, schema: string) =>
      `[apps.${name}]\nbackend = "postgres"\n[apps.${name}.postgres]\nurl = "${url}"\nschema = "${schema}"\n`;
    const shared = await check(app('hr', 'people') + app('it', 'people'));
    expect(shared.code).to.equal(2);
    expect(shared.stderr).to.contain(
      '"people" is also the schema of the app hr in the same database; give each app its own',
    );
    const missing = await check('[apps.hr]\nbackend = "postgres"\n');
    expect(missing.code).to.equal(2);
    expect(missing.stderr).to.contain('apps.hr.postgres.url: missing; name the database');
    const wrong = await cli(['check', '--backend', 'postgres', '--postgres-url', 'mysql://x']);
    expect(wrong.stderr)
      .to.match(/url: must look like/)
      .and.not.contain('missing');
  });
});
