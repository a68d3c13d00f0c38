import { expect } from 'chai';
import {
  formatListen,
  isHostName,
  isLoopback,
  isNetwork,
  parseListen,
} from '../../../connector/config/vocabulary/listen.ts';

describe('listening addresses', () => {
  for (const [text, host, port] of [
    ['127.0.0.1:8443', '127.0.0.1', 8443],
    ['[::1]:8443', '::1', 8443],
    ['idm01.corp.example:0', 'idm01.corp.example', 0],
    [':8443', undefined, 8443],
  ] as const)
    it(`reads ${text} and writes it the same way`, () => {
      expect(parseListen(text)).to.deep.equal(host === undefined ? { port } : { host, port });
      expect(formatListen(parseListen(text) ?? { port: -1 })).to.equal(text);
    });

  for (const text of ['', '8443', '127.0.0.1', '::1:8443', '[x]:1', 'a:65536', 'a:b', 'https://a:1', 'a b:1', 'a:-1'])
    it(`refuses ${JSON.stringify(text)}`, () => {
      expect(parseListen(text)).to.equal(undefined);
    });

  it('takes only what cannot be reached from elsewhere as loopback', () => {
    for (const host of ['127.0.0.1', '127.8.8.8', '::1', 'localhost', 'LOCALHOST', '::ffff:127.0.0.1'])
      expect(isLoopback(host), host).to.equal(true);
    for (const host of [undefined, '0.0.0.0', '::', '10.0.0.1', 'localhost.corp.example', '128.0.0.1', '::2'])
      expect(isLoopback(host), String(host)).to.equal(false);
  });

  it('knows networks and host names', () => {
    for (const text of ['10.0.0.0/8', '10.1.2.3', '::1', 'fd00::/8']) expect(isNetwork(text), text).to.equal(true);
    for (const text of ['10.0.0.0/33', 'fd00::/129', 'corp', '10.0.0.0/8/8', '10.0.0.0/'])
      expect(isNetwork(text), text).to.equal(false);
    for (const text of ['idm01', 'idm01.corp.example', '10.0.0.1', '::1'])
      expect(isHostName(text), text).to.equal(true);
    for (const text of ['', 'a b', 'https://a', 'a:1', '-a', '999.1.1.1'])
      expect(isHostName(text), text).to.equal(false);
  });
});
