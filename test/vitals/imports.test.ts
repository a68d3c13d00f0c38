import { expect } from 'chai';
import { isPackaged } from '../support/cli.ts';
import { WatchedServer } from './watched-server.ts';

const { PEOPLE } = WatchedServer;

describe('an import', () => {
  if (isPackaged) return;
  const server = new WatchedServer();

  it('is one record of all its pages', async () => {
    for (const start of [1, 11, 21]) {
      server.clock += 1000;
      await server.page(start);
    }
    expect(server.records).to.have.length(1);
    const [record] = server.records;
    expect(record).to.deep.include({ intent: 'import', outcome: 'done', message: 'downloadUsers', type: 'User' });
    expect(record).to.deep.include({ app: 'default', actor: 'configured', pages: 3, total: PEOPLE });
    expect(record?.client).to.include({ userAgent: 'agent/3' });
    expect(record?.duration).to.be.within(2000, 2000 + 60_000);
    expect(server.report.imports).to.deep.equal([]);
  });

  it('tells how far it is and when it is going to be over', async () => {
    await server.page(1);
    expect(server.report.imports[0]).not.to.have.property('expectedEnd');
    server.clock += 10_000;
    await server.page(11);
    const [running] = server.report.imports;
    expect(running).to.include({ pages: 2, read: 20, total: PEOPLE, type: 'User', app: 'default' });
    expect(running?.rate).to.be.within(1.9, 2);
    expect(Date.parse(running?.expectedEnd ?? '') - server.clock).to.be.within(2500, 2600);
  });

  it('of a store that grows is over at its new end', async () => {
    await server.page(1);
    for (const name of ['q1', 'q2', 'q3', 'q4', 'q5', 'q6']) await server.create(name);
    for (const start of [11, 21]) await server.page(start);
    expect(server.records).to.deep.equal([]);
    await server.page(31);
    expect(server.records[0]).to.deep.include({ outcome: 'done', pages: 4, total: PEOPLE + 6 });
  });

  it('that falls silent is given up after a minute, and says where', async () => {
    await server.page(1);
    server.clock += 59_999;
    server.vitals.look();
    expect(server.records).to.deep.equal([]);
    server.clock += 1;
    server.vitals.look();
    expect(server.records[0]).to.deep.include({
      outcome: 'not done',
      pages: 1,
      text: `the import ended after 10 of ${PEOPLE}: no further page was asked for`,
    });
  });

  it('that ends with a page that was refused says why, and goes on when that page comes again', async () => {
    await server.page(1);
    server.store.isDown = true;
    await server.page(11);
    server.clock += 60_000;
    server.vitals.look();
    expect(server.records[0]).to.deep.include({
      outcome: 'refused',
      reason: 'unavailable',
      pages: 1,
      text: `the import ended after 10 of ${PEOPLE}: the store is down`,
    });
    server.store.isDown = false;
    server.records = [];
    await server.page(1);
    server.store.isDown = true;
    await server.page(11);
    server.store.isDown = false;
    for (const start of [11, 21]) await server.page(start);
    expect(server.records.map(({ outcome, pages }) => [outcome, pages])).to.deep.equal([['done', 3]]);
  });

  it('by cursors is one as well, over at the page behind which there is none', async () => {
    const first = await server.walk('');
    const second = await server.walk(first.body.nextCursor);
    expect(server.report.imports[0]).to.include({ pages: 2, read: 20, total: PEOPLE });
    // Whoever goes now is missing at the end.
    await server.remove(first.body.Resources[0].id);
    const last = await server.walk(second.body.nextCursor);
    expect(last.body).not.to.have.property('nextCursor');
    expect(server.records.map(({ outcome, pages }) => [outcome, pages])).to.deep.equal([['done', 3]]);
  });

  it('is the same when its first page is asked for again', async () => {
    for (const start of [1, 1, 11, 21]) await server.page(start);
    expect(server.records.map(({ outcome, pages }) => [outcome, pages])).to.deep.equal([['done', 4]]);
  });

  it('of users and of groups, of all and of what has changed, are several', async () => {
    const since = '&filter=meta.lastModified%20gt%20%222020-01-01T00:00:00Z%22';
    await server.page(1);
    await server.page(1, since);
    await server.ask('/Groups?startIndex=1&count=200');
    for (const start of [11, 21]) await server.page(start, since);
    for (const start of [11, 21]) await server.page(start);
    expect(server.records.map(({ type, pages, total }) => [type, pages, total])).to.deep.equal([
      ['Group', 1, 0],
      ['User', 3, PEOPLE],
      ['User', 3, PEOPLE],
    ]);
    expect(server.records.map((record) => record.since !== undefined)).to.deep.equal([false, true, false]);
  });

  it('is not what somebody does who looks, or asks for one', async () => {
    await server.ask('/Users?startIndex=1&count=2');
    await server.ask('/Users?filter=userName%20eq%20%22p01%22&startIndex=1&count=200');
    await server.page(11);
    expect(server.report.imports).to.deep.equal([]);
    expect(server.records).to.deep.equal([]);
  });

  it('that a restart has cut off is told by the next start', async () => {
    await server.page(1);
    await server.vitals.close();
    server.vitals = server.know();
    expect(server.records[0]).to.deep.include({
      outcome: 'not done',
      text: `the import ended after 10 of ${PEOPLE}: the connector was stopped`,
    });
    await server.vitals.close();
    server.records = [];
    server.know();
    expect(server.records).to.deep.equal([]);
  });
});
