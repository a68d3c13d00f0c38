import { renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { AdminClient } from '../../connector/admin/admin-client.ts';
import type { HealthReport } from '../../connector/run/health-report.ts';
import { CliServer } from '../support/cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const SERVE = ['--http', '--auth', 'none', '--port', '0', '--db', 'people.db'];

describe('the admin channel of a running service', () => {
  const folder = temporaryFolder();
  let server: CliServer;
  const health = (): Promise<HealthReport> =>
    new AdminClient(join(folder.path, 'connector-data')).get<HealthReport>('/health');

  before(function () {
    if (process.platform === 'win32') this.skip();
  });
  beforeEach(async () => {
    server = await CliServer.start(SERVE, { cwd: folder.path });
  });
  afterEach(() => server.stop());

  it('says why a store does not answer, which /readyz tells nobody', async () => {
    expect(await health()).to.deep.equal({ ready: true, apps: [{ app: 'default', ok: true }] });
    renameSync(join(folder.path, 'people.db'), join(folder.path, 'moved.db'));
    const { ready, apps } = await health();
    expect([ready, apps[0]?.ok]).to.deep.equal([false, false]);
    expect(apps[0]?.text).to.match(/people\.db/);
    const response = await fetch(new URL('/readyz', server.url));
    expect([response.status, await response.json()]).to.deep.equal([503, { status: 'unavailable' }]);
  });

  it('is there again after a kill, and nobody else may open it', async () => {
    process.kill(server.pid, 'SIGKILL');
    await server.ended();
    server = await CliServer.start(SERVE, { cwd: folder.path });
    expect(await health()).to.include({ ready: true });
    expect(statSync(join(folder.path, 'connector-data', 'admin', 'socket')).mode & 0o777).to.equal(0o600);
  });

  it('does not keep a service from ending', async () => {
    const { code } = await server.stop();
    expect(code).to.equal(0);
    server = await CliServer.start(SERVE, { cwd: folder.path });
  });
});
