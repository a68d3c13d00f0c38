import { readFileSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect } from 'chai';
import type { StoredAudit } from '../../connector/audit/audit-entry.ts';
import { CliServer, cli } from '../support/cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('audit', () => {
  const folder = temporaryFolder();
  const state = () => join(folder.path, 'connector-data');
  const run = (...words: string[]) => cli(words, { cwd: folder.path, input: 'a value for a secret\n' });
  const configure = (text = '') =>
    writeFileSync(
      join(folder.path, 'connector.toml'),
      `config_version = 1\n[server]\nlisten = "127.0.0.1:0"\nhttp = true\n${text}`,
    );
  const list = async (...words: string[]): Promise<readonly StoredAudit[]> =>
    JSON.parse((await run('audit', 'list', '--json', ...words)).stdout);
  const sql = (statement: string): void => {
    const db = new Database(join(state(), 'journal.db'));
    db.exec(statement);
    db.close();
  };
  const verify = async (...words: string[]) => {
    const { code, stdout } = await run('audit', 'verify', '--json', '--quiet', ...words);
    return { code, ...JSON.parse(stdout) };
  };

  /** A server that has made a person, renamed and deleted it. */
  const served = async (text?: string): Promise<CliServer> => {
    configure(text);
    const token = (await run('token', 'add', 'okta', '--quiet')).stdout.trim();
    const server = await CliServer.start([], { cwd: folder.path });
    const send = (method: string, path: string, body?: object) =>
      fetch(`${server.url}${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
    const person = {
      schemas: ['urn:scim:schemas:core:1.0'],
      userName: 'jdoe',
      name: { givenName: 'J', familyName: 'D' },
    };
    const { id } = (await (await send('POST', '/Users', person)).json()) as { id: string };
    await send('PUT', `/Users/${id}`, { ...person, title: 'Head', active: true, id });
    expect((await send('POST', '/Users', { userName: 'jdoe', schemas: [] })).status).to.be.above(199);
    expect((await send('GET', '/Users/nobody')).status).to.equal(404);
    return server;
  };

  it('holds what Okta changed and what was done here, by whom, and is whole', async () => {
    const server = await served();
    await run('secret', 'set', 'ldap-bind');
    await run('token', 'revoke', 'okta');
    await server.stop();
    const entries = await list();
    expect(entries.map(({ by, action }) => `${by}: ${action}`)).to.include.members([
      'command: token add',
      'service: service start',
      'okta: create',
      'command: secret set',
      'command: token revoke',
    ]);
    const create = entries.find(({ action }) => action === 'create');
    expect(create).to.deep.include({ actor: 'okta', app: 'default', type: 'User', name: 'jdoe', outcome: 'done' });
    const changed = entries.find(({ changed: names }) => names?.includes('title'));
    expect(changed?.by).to.equal('okta');
    const commands = entries.filter(({ by }) => by === 'command');
    expect(new Set(commands.map(({ actor }) => actor))).to.deep.equal(new Set([userInfo().username]));
    expect(JSON.stringify(entries)).not.to.contain('a value for a secret').and.not.to.contain('Head');
    expect(await verify()).to.deep.include({ code: 0, ok: true, problems: [], entries: entries.length });
    const { stdout } = await run('audit', 'verify');
    expect(stdout).to.match(/^entries 1 to \d+ are whole; its end is kept elsewhere too$/m);
  });

  it('names of people obey [journal] values', async () => {
    const server = await served('[journal]\nvalues = "none"\n');
    await server.stop();
    expect(JSON.stringify(await list())).not.to.contain('jdoe');
    expect((await list()).map(({ action }) => action)).to.include('create');
  });

  it('verify says which entry and when, and ends with 1', async () => {
    const server = await served();
    await server.stop();
    sql(`UPDATE audit SET doc = replace(doc, 'jdoe', 'nobd') WHERE doc LIKE '%"create"%'`);
    const { code, ok, problems } = await verify();
    expect({ code, ok }).to.deep.equal({ code: 1, ok: false });
    expect(problems[0]).to.include({ kind: 'changed' });
    const { stdout } = await run('audit', 'verify');
    expect(stdout).to.match(/^entry \d+: not as it was written: changed, or put in later \(between \S+Z and \S+Z\)$/m);
  });

  it('verify holds it to the lines of the log, also when all beside it is gone', async () => {
    const server = await served();
    const { stderr } = await server.stop();
    const log = join(folder.path, 'service.log');
    writeFileSync(log, stderr.replaceAll(/^/gm, 'Nov 28 02:10:05 idm01 scim-connector[1]: '));
    const whole = await verify('--log', log);
    expect(whole).to.deep.include({ code: 0, problems: [] });
    expect(whole.anchors).to.be.above(0);
    sql('DELETE FROM audit WHERE seq > 2');
    sql('DELETE FROM sqlite_sequence');
    writeFileSync(join(state(), 'audit.head'), '');
    expect((await verify()).ok).to.equal(true);
    expect(await verify('--log', log)).to.deep.include({ code: 1, ok: false });
  });

  it('the service says when entries it knew of are gone, and keeps the proof', async () => {
    const first = await served();
    await first.stop();
    const head = readFileSync(join(state(), 'audit.head'), 'utf8');
    sql('DELETE FROM audit WHERE seq > 2');
    const second = await CliServer.start([], { cwd: folder.path });
    await second.logged(/"event":503,.*run: scim-connector audit verify/);
    await second.stop();
    expect(readFileSync(join(state(), 'audit.head'), 'utf8')).to.equal(head);
    expect((await verify()).ok).to.equal(false);
  });

  it('a command that must be entered and cannot is not done', async () => {
    configure('[audit]\nrequired = true\n');
    expect((await run('token', 'add', 'one')).code).to.equal(0);
    sql('PRAGMA user_version = 99');
    const { code, stderr } = await run('token', 'add', 'two', '--quiet');
    expect(code).to.equal(5);
    expect(stderr).to.match(/^not done: audit\.required is set, and the audit log cannot be written: /);
    expect((await run('token', 'list')).stdout).not.to.contain('two');
  });

  it('a reload says that another retention needs a restart, and is entered', async () => {
    const server = await served();
    configure('[audit]\nmax_age = "30d"\n');
    server.signal('SIGHUP');
    await server.logged(/\[audit\] has changed: restart to apply it/);
    await server.logged(/"event":105/);
    await server.stop();
    expect((await list()).filter(({ action }) => action === 'configuration reload')).to.have.length(1);
  });

  it('list shows who, when and what, and can be narrowed', async () => {
    const server = await served();
    await server.stop();
    const { stdout } = await run('audit', 'list');
    expect(stdout)
      .to.match(/^NO +TIME +WHO +APP +WHAT$/m)
      .and.match(/^\d+ +\S+Z +okta +default +create {2}User {2}jdoe/m);
    expect((await list('--app', 'default')).every(({ app }) => app === 'default')).to.equal(true);
    expect(await list('--limit', '2')).to.have.length(2);
    expect(await list('--since', '2100-01-01')).to.deep.equal([]);
    expect((await run('audit', 'list', '--since', 'yesterday')).code).to.equal(2);
  });

  it('says when there is none', async () => {
    configure();
    const { code, stderr } = await run('audit', 'verify', '--quiet');
    expect(code).to.equal(2);
    expect(stderr).to.match(/journal\.db: there is no audit log yet; it begins with the first start of the service/);
  });
});
