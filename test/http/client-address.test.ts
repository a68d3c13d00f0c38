import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { clientAddress, externalOrigin, trustProxies } from '../../connector/http/request/client-address.ts';

describe('client address', () => {
  const nobody = trustProxies([]);
  const proxies = trustProxies(['10.0.0.0/8', 'loopback']);
  const from = (socket: string, forwarded: string | undefined, trust = proxies): string =>
    clientAddress(socket, forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }, trust);

  it('is the socket unless that is a trusted proxy', () => {
    expect(from('192.0.2.1', '198.51.100.1')).to.equal('192.0.2.1');
    expect(from('10.0.0.1', '198.51.100.1', nobody)).to.equal('10.0.0.1');
    expect(from('10.0.0.1', undefined)).to.equal('10.0.0.1');
    expect(from('::ffff:192.0.2.1', undefined)).to.equal('192.0.2.1');
    expect(clientAddress(undefined, {}, proxies)).to.equal('');
  });

  it('is the nearest that no trusted proxy has, whatever the client wrote before it', () => {
    expect(from('10.0.0.1', '198.51.100.1')).to.equal('198.51.100.1');
    expect(from('::ffff:10.0.0.1', '1.1.1.1, 198.51.100.1, 10.0.0.2')).to.equal('198.51.100.1');
    expect(from('127.0.0.1', '10.0.0.3,10.0.0.2')).to.equal('10.0.0.3');
  });

  it('understands ports, and stops at what is no address', () => {
    expect(from('10.0.0.1', '198.51.100.1:4711')).to.equal('198.51.100.1');
    expect(from('10.0.0.1', '[2001:db8::1]:4711')).to.equal('2001:db8::1');
    expect(from('10.0.0.1', 'unknown')).to.equal('10.0.0.1');
    expect(from('10.0.0.1', '198.51.100.1, _hidden, 10.0.0.2')).to.equal('10.0.0.2');
    expect(from('10.0.0.1', ', ,')).to.equal('10.0.0.1');
  });

  it('refuses a list of proxies with something else in it', () => {
    expect(() => trustProxies(['10.0.0.0/8', 'everybody'])).to.throw(TypeError);
  });
});

describe('external origin', () => {
  const answer = async (trust: readonly string[], headers: Record<string, string>): Promise<[string, number]> => {
    let origin = '';
    const server = createServer((incoming: IncomingMessage, response) => {
      origin = externalOrigin(incoming, trustProxies(trust));
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise<void>((resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port, agent: false, headers }, (response) => {
        response.resume().on('end', resolve);
      });
      sent.on('error', reject);
      sent.end();
    });
    await new Promise((resolve) => server.close(resolve));
    return [origin, port];
  };
  const forwarded = {
    'X-Forwarded-Proto': 'https, http',
    'X-Forwarded-Host': 'IDM01.corp.example:8443',
    Host: 'inner',
  };

  it('is what a trusted proxy says', async () => {
    expect((await answer(['loopback'], forwarded))[0]).to.equal('https://idm01.corp.example:8443');
  });

  it('is the Host header otherwise', async () => {
    expect((await answer(['10.0.0.0/8'], forwarded))[0]).to.equal('http://inner');
    expect((await answer([], { Host: '[::1]:8080' }))[0]).to.equal('http://[::1]:8080');
    expect((await answer(['loopback'], { Host: 'inner', 'X-Forwarded-Proto': 'ftp' }))[0]).to.equal('http://inner');
  });

  it('holds no Host that is none', async () => {
    for (const host of ['a/b', 'a b', 'user@host', 'a:99999', '[zz]', 'a?b', 'a"b', '']) {
      const [origin, port] = await answer([], { Host: host });
      expect(origin, host).to.equal(`http://127.0.0.1:${port}`);
    }
    expect((await answer(['loopback'], { ...forwarded, 'X-Forwarded-Host': 'a/b' }))[0]).to.equal('https://inner');
  });
});
