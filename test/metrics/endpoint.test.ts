import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect } from 'chai';
import { Endpoint } from '../../connector/metrics/endpoint.ts';
import { HttpClient } from '../support/http-client.ts';
import { recordingLines } from '../support/recording-log.ts';

describe('the address of the metrics', () => {
  const log = recordingLines();
  const client = new HttpClient();
  const sockets: Socket[] = [];
  let asked = 0;
  let fails = false;
  let endpoint: Endpoint;
  let port: number;
  beforeEach(async () => {
    [asked, fails] = [0, false];
    log.lines.length = 0;
    endpoint = new Endpoint({
      host: '127.0.0.1',
      port: 0,
      log,
      render: async () => {
        asked += 1;
        if (fails) throw new Error('planted');
        return { text: 'up 1\n', contentType: 'text/plain; version=0.0.4; charset=utf-8' };
      },
    });
    await endpoint.listen();
    port = Number(/:(\d+)\/metrics$/.exec(log.lines[0] ?? '')?.[1]);
  });
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    await endpoint.close();
  });
  after(() => client.close());

  const ask = (method: string, path: string, headers: Record<string, string> = {}) =>
    client.send(method, `http://127.0.0.1:${port}${path}`, headers);

  it('says in the log where it is', () => {
    expect(log.lines).to.deep.equal([`info: metrics at http://127.0.0.1:${port}/metrics`]);
  });

  it('answers GET and HEAD of /metrics', async () => {
    const { status, text, headers } = await ask('GET', '/metrics?x=1');
    expect([status, text]).to.deep.equal([200, 'up 1\n']);
    expect(headers['content-type']).to.equal('text/plain; version=0.0.4; charset=utf-8');
    const head = await ask('HEAD', '/metrics');
    expect([head.status, head.text, head.headers['content-length']]).to.deep.equal([200, '', '5']);
  });

  it('answers nothing else, and reads nothing for it', async () => {
    for (const path of ['/', '/metrics/', '/Metrics', '/scim/v1/Users', '/healthz'])
      expect((await ask('GET', path)).status, path).to.equal(404);
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
      const { status, headers } = await ask(method, '/metrics');
      expect([status, headers['allow']], method).to.deep.equal([405, 'GET, HEAD']);
    }
    expect(asked).to.equal(0);
  });

  it('is closed to pages in a browser on this machine', async () => {
    const refused: readonly Record<string, string>[] = [
      { Host: 'rebound.example' },
      { Host: `rebound.example:${port}` },
      { Origin: 'https://elsewhere.example' },
    ];
    for (const headers of refused)
      expect((await ask('GET', '/metrics', headers)).status, JSON.stringify(headers)).to.equal(403);
    expect((await ask('GET', '/metrics', { Host: `localhost:${port}` })).status).to.equal(200);
    expect(asked).to.equal(1);
  });

  it('answers 500 when nothing can be read, tells the log why and the client nothing, and goes on', async () => {
    fails = true;
    const { status, text } = await ask('GET', '/metrics');
    expect([status, text]).to.deep.equal([500, 'the metrics could not be read; the log has the details\n']);
    expect(log.lines).to.include('error: the metrics could not be read');
    fails = false;
    expect((await ask('GET', '/metrics')).status).to.equal(200);
  });

  it('has a connection for Prometheus whoever else holds some idle', async () => {
    const closed: Promise<unknown>[] = [];
    for (let i = 0; i < 40; i += 1) {
      const socket = connect(port, '127.0.0.1');
      sockets.push(socket);
      socket.on('error', () => undefined);
      closed.push(once(socket, 'close'));
      await once(socket, 'connect');
    }
    expect((await ask('GET', '/metrics')).status).to.equal(200);
    // Those idle longest are gone.
    await Promise.all(closed.slice(0, 20));
    expect(sockets.filter(({ destroyed }) => !destroyed).length).to.be.at.most(16);
  });

  it('names the setting when the port is taken', async () => {
    const second = new Endpoint({ host: '127.0.0.1', port, log, render: () => Promise.reject(new Error('unused')) });
    const error = await second.listen().then(
      () => undefined,
      (reason: object) => reason,
    );
    expect(error).to.include({ code: 'EADDRINUSE', setting: 'metrics.listen', port });
    await second.close();
  });
});
