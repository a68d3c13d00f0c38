import { expect } from 'chai';
import { isPermitted, namesIn, subtreesOf } from '../../../connector/tls/own/subtrees.ts';

describe('the names an authority may sign for', () => {
  it('are host names, single addresses and the IPv4 loopback network', () => {
    const subtrees = subtreesOf(['idm01.corp.example', '127.0.0.1', '::1', '192.0.2.7']);
    expect(subtrees).to.deep.equal(['idm01.corp.example', '127.0.0.0/8', '::1/128', '192.0.2.7/32']);
    expect(namesIn(subtrees)).to.deep.equal(['idm01.corp.example', '127.0.0.1', '::1', '192.0.2.7']);
  });

  it('are those in a subtree and none beside it', () => {
    const subtrees = subtreesOf(['corp.example', '::1', '192.0.2.7']);
    const permitted = ['corp.example', 'a.b.corp.example', '127.3.2.1', '192.0.2.7', '::1'];
    const others = ['example', 'xcorp.example', 'corp.example.org', '128.0.0.1', '192.0.2.6', '::2', 'localhost'];
    expect([...permitted, ...others].filter((name) => isPermitted(subtrees, name))).to.deep.equal(permitted);
  });
});
