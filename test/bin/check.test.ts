import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect } from 'chai';
import { CliServer, cli } from '../support/cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

interface Report {
  readonly ok: boolean;
  readonly checks: readonly { readonly check: string; readonly status: string; readonly text: string }[];
}

describe('check', () => {
  const folder = temporaryFolder();
  const run = (words: readonly string[], env: Record<string, string> = {}) =>
    // Others may have the usual port.
    cli(['check', ...(words.includes('--port') ? [] : ['--port', '0']), ...words], { cwd: folder.path, env });
  const report = async (words: readonly string[], env?: Record<string, string>) => {
    const { code, stdout } = await run(['--json', ...words], env);
    return { code, report: JSON.parse(stdout) as Report };
  };
  const failed = ({ checks }: Report) => checks.filter(({ status }) => status === 'failed').map(({ check }) => check);
  const foreign = () => {
    const db = new Database(join(folder.path, 'foreign.db'));
    db.exec('CREATE TABLE t (x)');
    db.close();
    return 'foreign.db';
  };

  it('takes the connector.toml of the current folder and says so', async () => {
    writeFileSync(join(folder.path, 'connector.toml'), 'config_version = 1\n[server]\nlisten = "127.0.0.1:9999"\n');
    const { stdout, stderr } = await run([]);
    expect(stdout).to.match(/^ok +configuration +\S+connector\.toml$/m);
    expect(stderr).to.equal('using connector.toml in this folder\n');
    expect((await run(['--quiet'])).stderr).to.equal('');
  });

  it('passes before the first start, warns that nobody can log in, and leaves nothing behind', async () => {
    const { code, report: found } = await report([]);
    expect(code).to.equal(0);
    expect(found.ok).to.equal(true);
    expect(found.checks.map(({ check, status }) => `${check} ${status}`)).to.deep.equal([
      'configuration ok',
      'state ok',
      'certificate ok',
      'backend ok',
      'credentials warning',
      'base URL ok',
      'capabilities ok',
    ]);
    expect(() => mkdirSync(join(folder.path, 'connector-data'))).not.to.throw();
  });

  it('exits with 7 on a warning when strict', async () => {
    expect((await run(['--strict'])).code).to.equal(7);
    expect((await run(['--strict'], { CONNECTOR_AUTH__TOKEN: 'a-token-of-some-length' })).code).to.equal(0);
  });

  it('exits with 3 when the database is not ours', async () => {
    const { code, report: found } = await report(['--db', foreign()]);
    expect(code).to.equal(3);
    expect(failed(found)).to.deep.equal(['backend']);
  });

  it('exits with 3 when the database is damaged', async () => {
    writeFileSync(join(folder.path, 'damaged.db'), 'SQLite format 3\0 and nothing that follows');
    expect((await run(['--db', 'damaged.db'])).code).to.equal(3);
  });

  it('exits with 4 when the certificate cannot be used', async () => {
    const { code, report: found } = await report([
      '--tls.source=files',
      '--tls.cert_file=gone.pem',
      '--tls.key_file=gone.key',
    ]);
    expect(code).to.equal(4);
    expect(failed(found)).to.deep.equal(['certificate']);
  });

  it('exits with 5 when the credentials cannot be read', async () => {
    mkdirSync(join(folder.path, 'connector-data'));
    writeFileSync(join(folder.path, 'connector-data', 'credentials.json'), '{');
    const { code, report: found } = await report([]);
    expect(code).to.equal(5);
    expect(failed(found)).to.deep.equal(['credentials']);
  });

  it('exits with 6 when several kinds of things fail', async () => {
    const words = ['--db', foreign(), '--tls.source=pfx', '--tls.pfx_file=gone.pfx'];
    const { code, report: found } = await report(words);
    expect(code).to.equal(6);
    expect(failed(found)).to.deep.equal(['certificate', 'backend']);
  });

  it('finds nothing wrong beside the service that it is about, and names it', async () => {
    const words = ['--http', '--auth', 'none'];
    const server = await CliServer.start([...words, '--port', '0'], { cwd: folder.path });
    try {
      const { code, report: found } = await report([...words, '--port', new URL(server.url).port]);
      expect([code, failed(found)]).to.deep.equal([0, []]);
      const { status, text } = found.checks.find(({ check }) => check === 'listener') ?? {};
      expect(status).to.equal('ok');
      expect(text).to.match(/is taken by a connector that runs: \S+ \(process \d+\)$/);
    } finally {
      await server.stop();
    }
  });

  it('finds nothing wrong with the metrics of that service, and names who else has their port', async () => {
    const words = ['--http', '--auth', 'none'];
    const server = await CliServer.start(
      [...words, '--port', '0', '--metrics.listen=127.0.0.1:0', '--log.format=json'],
      {
        cwd: folder.path,
      },
    );
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    try {
      const [, at = ''] = await server.logged(/metrics at http:\/\/([\d.:]+)\/metrics/);
      const beside = [...words, '--port', new URL(server.url).port];
      const { code, report: found } = await report([...beside, `--metrics.listen=${at}`]);
      expect([code, failed(found)]).to.deep.equal([0, []]);
      const texts = found.checks.map(({ text }) => text).filter((text) => text.startsWith(at));
      expect(texts.join()).to.match(/has the metrics of a connector that runs: \S+ \(process \d+\)$/);
      const { port } = other.address() as { port: number };
      const taken = await report([...words, `--metrics.listen=127.0.0.1:${port}`]);
      expect(taken.code).to.equal(2);
      expect(taken.report.checks.find(({ status }) => status === 'failed')?.text).to.equal(
        `127.0.0.1:${port} is taken by node (process ${process.pid}); end it, or choose another port with metrics.listen`,
      );
    } finally {
      other.close();
      await server.stop();
    }
  });

  it('answers in JSON when the configuration is wrong, with every problem and the exit code it had', async () => {
    writeFileSync(join(folder.path, 'wrong.toml'), 'config_version = 1\n[server]\nhttp = 7\n[tls]\nsource = "magic"\n');
    const { code, stdout, stderr } = await run(['--json', '--config', 'wrong.toml']);
    const { ok, checks } = JSON.parse(stdout) as Report;
    expect([code, ok, stderr]).to.deep.equal([2, false, '']);
    expect(checks.map(({ check, status }) => `${check} ${status}`)).to.deep.equal([
      'configuration failed',
      'configuration failed',
    ]);
    expect(checks[0]?.text).to.match(/wrong\.toml:3: server\.http: /);
    expect((await run(['--config', 'wrong.toml'])).code).to.equal(2);
  });

  it('prints a table for people', async () => {
    const { stdout } = await run([]);
    expect(stdout).to.match(/^ok {7}configuration {2}/m);
    expect(stdout).to.match(/^warning {2}credentials {4}default {2}none: every request will be answered 401/m);
  });
});
