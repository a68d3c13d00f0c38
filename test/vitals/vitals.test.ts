import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { vitalsFile } from '../../connector/vitals/vitals-state.ts';
import { isPackaged } from '../support/cli.ts';
import { WatchedServer } from './watched-server.ts';

const { PEOPLE } = WatchedServer;

describe('what is known of the present', () => {
  if (isPackaged) return;
  const server = new WatchedServer();

  it('is who called last, with what program, for what', async () => {
    await server.ask('/Users/nobody');
    expect(server.report.contacts).to.have.length(1);
    expect(server.report.contacts[0]).to.include({
      address: '127.0.0.1',
      userAgent: 'agent/3',
      actor: 'configured',
      message: 'importUserProfile',
      outcome: 'refused',
      time: '2026-11-28T10:00:00.000Z',
    });
  });

  it('is not a stranger who calls', async () => {
    const before = server.report.contacts[0]?.ref;
    await server.ask('/Users', { Authorization: 'Bearer wrong' });
    expect(server.report.contacts[0]?.ref).to.equal(before);
    expect(server.report.errors[0]).to.include({ reason: 'unauthorized', count: 1, address: '127.0.0.1' });
  });

  it('is what went wrong, those alike as one, without values', async () => {
    await server.create('p01', 'Dr');
    server.clock += 1000;
    await server.create('p02', 'Dr');
    await server.ask('/Users/nobody');
    const [other, alike, ...more] = server.report.errors;
    expect(more).to.deep.equal([]);
    expect(other).to.include({ reason: 'notFound', count: 1 });
    expect(alike).to.include({
      app: 'default',
      message: 'createNewUser',
      reason: 'uniqueness',
      text: 'userName "…" is already in use by another resource',
      count: 2,
      first: '2026-11-28T10:00:00.000Z',
      last: '2026-11-28T10:00:01.000Z',
    });
    expect(JSON.stringify(server.report)).not.to.match(/p01|p02|a-token/);
  });

  it('is how many of each there were, by day', async () => {
    await server.ask('/Users/nobody');
    server.clock += 24 * 3_600_000;
    await server.page(1);
    const [first, second] = [...new Set(server.report.counts.map(({ day }) => day))];
    expect(
      server.report.counts.map(({ day, message, outcome, count }) => [day, message, outcome, count]),
    ).to.deep.equal([
      [first, 'createNewUser', 'done', PEOPLE],
      [first, 'importUserProfile', 'refused', 1],
      [second, 'downloadUsers', 'done', 1],
    ]);
    server.clock += 8 * 24 * 3_600_000;
    for (let day = 0; day < 9; day += 1) {
      server.clock += 24 * 3_600_000;
      await server.page(1);
    }
    expect(new Set(server.report.counts.map(({ day }) => day)).size).to.equal(8);
  });

  it('outlives a restart, in the same order, and the counts go on', async () => {
    await server.create('p01', 'Dr');
    await server.ask('/Users/nobody');
    server.vitals.handshake({ reference: 'K7Q2-91XM', address: '10.0.0.5', fault: 'f', text: 'no trust', times: 2 });
    const { contacts, errors, counts, handshakes } = server.report;
    await server.vitals.close();
    server.vitals = server.know();
    expect(server.report).to.deep.include({ contacts, errors, counts, handshakes });
    await server.create('p02', 'Dr');
    expect(server.report.errors[0]).to.include({ reason: 'uniqueness', count: 2 });
  });

  it('begins anew where what was kept cannot be read', () => {
    const lists = '"contacts":[],"errors":[],"counts":[],"handshakes":[],"imports":[]';
    for (const text of ['{', 'null', '{"version":1}', '{"version":2}', `{"version":1,${lists},"oktaApps":7}`]) {
      writeFileSync(vitalsFile(server.folder), text);
      expect(server.know().report().contacts).to.deep.equal([]);
    }
  });

  it('forgets that an address could not set up TLS once it has called', async () => {
    const told = { reference: 'K7Q2-91XM', fault: 'f', text: 'no trust', times: 1 };
    for (const address of ['127.0.0.1', '10.0.0.5']) server.vitals.handshake({ ...told, address });
    server.vitals.handshake({ ...told, address: '10.0.0.5', times: 3 });
    await server.page(1);
    expect(server.report.handshakes.map(({ address, count }) => [address, count])).to.deep.equal([['10.0.0.5', 4]]);
  });
});
