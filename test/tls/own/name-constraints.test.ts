import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import { normalName } from '../../../connector/tls/host-names.ts';
import { createAuthority } from '../../../connector/tls/own/create-authority.ts';
import { issueLeaf } from '../../../connector/tls/own/issue-leaf.ts';
import { constraintsOf, decodeConstraints, encodeConstraints } from '../../../connector/tls/own/name-constraints.ts';
import { subtreesOf } from '../../../connector/tls/own/subtrees.ts';

const NO_MAIL_NO_URI = '30098107696e76616c696430098607696e76616c6964';
const MANY = Array.from({ length: 40 }, (_, index) => `host-${index}.corp.example`);

describe('name constraints', () => {
  it('have the encoding of RFC 5280, whatever their length', async () => {
    const hex = async (...subtrees: readonly string[]) =>
      Buffer.from(await encodeConstraints(subtrees)).toString('hex');
    expect(await hex('ab.c', '127.0.0.0/8')).to.equal(
      `302ca02a3006820461622e63300a87087f000000ff000000${NO_MAIL_NO_URI}`,
    );
    expect(await hex('192.0.2.7/32', '2001:db8::5:0:0:1/128', '::ffff:c000:201/128', '::1/128', '0.0.0.0/32')).to.equal(
      `30819da0819a${[
        '300a8708c0000207ffffffff',
        `3022872020010db8000000000005000000000001${'ff'.repeat(16)}`,
        `3022872000000000000000000000ffffc0000201${'ff'.repeat(16)}`,
        `3022872000000000000000000000000000000001${'ff'.repeat(16)}`,
        '300a870800000000ffffffff',
      ].join('')}${NO_MAIL_NO_URI}`,
    );
    const long = Buffer.from(await encodeConstraints(subtreesOf(MANY)));
    expect(long).to.have.lengthOf(992);
    expect(createHash('sha256').update(long).digest('hex')).to.equal(
      'aa185f3750cf106105a8976a027d256739ec32166587a1e17e819b7780c8f88d',
    );
  });

  it('are read by OpenSSL as they were meant, and critical', async () => {
    const { issuer } = await createAuthority('test', subtreesOf(['corp.example', '192.0.2.7', '2001:db8::1']), 0);
    const text = execFileSync('openssl', ['x509', '-noout', '-ext', 'nameConstraints'], {
      input: String(issuer.certificate),
      encoding: 'utf8',
    });
    expect(text.split('\n').map((line) => line.trim())).to.deep.equal([
      'X509v3 Name Constraints: critical',
      'Permitted:',
      'DNS:corp.example',
      'IP:127.0.0.0/255.0.0.0',
      'IP:192.0.2.7/255.255.255.255',
      'IP:2001:DB8:0:0:0:0:0:1/FFFF:FFFF:FFFF:FFFF:FFFF:FFFF:FFFF:FFFF',
      'email:invalid',
      'URI:invalid',
      '',
    ]);
  });

  it('are read from a certificate as they were put into it', async () => {
    for (const subtrees of [subtreesOf(['localhost']), subtreesOf(MANY)]) {
      const { root, issuer } = await createAuthority('test', subtrees, Date.now());
      expect(await constraintsOf(root.raw)).to.deep.equal(subtrees);
      expect(await constraintsOf(issuer.certificate.raw)).to.deep.equal(subtrees);
    }
  });

  it('give any address back', () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(fc.ipV4(), fc.ipV6()), { minLength: 1, maxLength: 20 }), async (addresses) => {
        const subtrees = subtreesOf(addresses.map(normalName));
        expect(await decodeConstraints(await encodeConstraints(subtrees))).to.deep.equal(subtrees);
      }),
    ));

  it('are in no certificate that has none', async () => {
    const { issuer } = await createAuthority('test', subtreesOf(['localhost']), Date.now());
    const { certificate } = await issueLeaf(issuer, ['localhost'], Date.now());
    expect(await constraintsOf(certificate.raw)).to.equal(undefined);
  });
});
