import { expect } from 'chai';
import { SpokenVersions } from '../../connector/vitals/spoken-versions.ts';
import { isPackaged } from '../support/cli.ts';
import { WatchedServer } from './watched-server.ts';

describe('the version of SCIM that Okta speaks', () => {
  if (isPackaged) return;
  const server = new WatchedServer();
  const spoken = () =>
    server.report.versions?.map(({ version, since, last, begun }) => [
      version,
      since.slice(11, 19),
      last.slice(11, 19),
      begun,
    ]);

  it('is learnt from its requests, and a change of it with its time', async () => {
    await server.page(1);
    server.clock += 60_000;
    await server.page(2);
    expect(spoken()).to.deep.equal([['1.1', '10:00:00', '10:01:00', 1]]);
    server.clock += 60_000;
    await server.walk('');
    server.clock += 60_000;
    await server.walk('');
    expect(spoken()).to.deep.equal([
      ['2.0', '10:02:00', '10:03:00', 1],
      ['1.1', '10:00:00', '10:01:00', 1],
    ]);
    expect(server.report.versions?.[0]).to.include({ app: 'default', actor: 'configured' });
  });

  it('is not what a stranger speaks, nor who asks what anybody may', async () => {
    await server.page(1);
    await server.ask('/Users', { Authorization: 'Bearer wrong' });
    await server.anybody('/ServiceProviderConfig');
    expect(spoken()?.map(([version]) => version)).to.deep.equal(['1.1']);
  });

  it('outlives a restart, which is no change', async () => {
    await server.page(1);
    await server.walk('');
    const before = server.report.versions;
    await server.vitals.close();
    server.vitals = server.know();
    expect(server.report.versions).to.deep.equal(before);
    server.clock += 60_000;
    await server.walk('');
    expect(spoken()).to.deep.include(['2.0', '10:00:00', '10:01:00', 1]);
    await server.page(1);
    expect(spoken()).to.deep.include(['1.1', '10:01:00', '10:01:00', 2]);
  });

  it('is kept for no more credentials than there may be', () => {
    const versions = new SpokenVersions();
    for (let i = 0; i < 200; i += 1) {
      const call = {
        requestId: 'r',
        actor: `a${i}`,
        signal: AbortSignal.any([]),
        client: { address: '::1', scim: '2.0' },
      };
      versions.observe(
        { call, app: 'x', operation: 'get', message: 'm', outcome: 'done', duration: 1, backendDuration: 0 },
        i,
      );
    }
    expect(versions.list().map(({ actor }) => actor))
      .to.have.length(64)
      .and.to.include('a199');
  });
});
