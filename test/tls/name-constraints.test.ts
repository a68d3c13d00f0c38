import { expect } from 'chai';
import fc from 'fast-check';
import { createAuthority } from '../../connector/tls/authority.ts';
import { normalName } from '../../connector/tls/host-names.ts';
import {
  decodeConstraints,
  encodeConstraints,
  isPermitted,
  NAME_CONSTRAINTS,
  namesIn,
  subtreesOf,
} from '../../connector/tls/name-constraints.ts';

describe('name constraints', () => {
  it('holds names, single addresses and the IPv4 loopback network', () => {
    const subtrees = subtreesOf(['idm01.corp.example', '127.0.0.1', '::1', '192.0.2.7']);
    expect(subtrees).to.deep.equal(['idm01.corp.example', '127.0.0.0/8', '::1/128', '192.0.2.7/32']);
    expect(namesIn(subtrees)).to.deep.equal(['idm01.corp.example', '127.0.0.1', '::1', '192.0.2.7']);
  });

  it('permits what lies in a subtree and nothing beside it', () => {
    const subtrees = subtreesOf(['corp.example', '::1', '192.0.2.7']);
    const permitted = ['corp.example', 'a.b.corp.example', '127.3.2.1', '192.0.2.7', '::1'];
    const others = ['example', 'xcorp.example', 'corp.example.org', '128.0.0.1', '192.0.2.6', '::2', 'localhost'];
    expect([...permitted, ...others].filter((name) => isPermitted(subtrees, name))).to.deep.equal(permitted);
  });

  it('has the encoding of RFC 5280', () => {
    expect(encodeConstraints(['ab.c', '127.0.0.0/8']).toString('hex')).to.equal(
      '3016a0143006820461622e63300a87087f000000ff000000',
    );
  });

  it('reads from a certificate what was put into it', async () => {
    const many = Array.from({ length: 40 }, (_, index) => `host-${index}.corp.example`);
    for (const subtrees of [subtreesOf(['localhost']), subtreesOf(many)]) {
      const { root, issuer } = await createAuthority('test', subtrees, Date.now());
      expect(decodeConstraints(root.raw)).to.deep.equal(subtrees);
      expect(decodeConstraints(issuer.certificate.raw)).to.deep.equal(subtrees);
    }
  });

  it('reads any address back', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.ipV4(), fc.ipV6()), { minLength: 1, maxLength: 20 }), (addresses) => {
        const subtrees = subtreesOf(addresses.map(normalName));
        const oid = Buffer.from('0603551d1e0101ff04', 'hex');
        const value = encodeConstraints(subtrees);
        const size = value.length < 128 ? [value.length] : [0x82, value.length >> 8, value.length & 0xff];
        const certificate = Buffer.concat([Buffer.from('3000'), oid, Buffer.from(size), value]);
        expect(decodeConstraints(certificate)).to.deep.equal(subtrees);
      }),
    );
  });

  it('finds none in a certificate that has none', () => {
    expect(NAME_CONSTRAINTS).to.equal('2.5.29.30');
    expect(decodeConstraints(Buffer.from('3003020101', 'hex'))).to.equal(undefined);
  });
});
