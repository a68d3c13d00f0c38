import { createHash } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import { readJks } from '../../connector/truststore/jks.ts';
import { LARGEST, readTruststore } from '../../connector/truststore/read-truststore.ts';
import { TruststoreError } from '../../connector/truststore/truststore-error.ts';
import { PKCS12_WITH_ONE, PKCS12_WITH_ONE_OPEN } from './samples.ts';

const PASSWORD = 'changeit';

const int = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

const utf = (text: string): Buffer => {
  const bytes = Buffer.from(text);
  return Buffer.concat([int(bytes.length).subarray(2), bytes]);
};

const sealed = (content: Buffer, password = PASSWORD): Buffer => {
  const letters = Buffer.from(password, 'utf16le').swap16();
  const digest = createHash('sha1').update(letters).update('Mighty Aphrodite').update(content).digest();
  return Buffer.concat([content, digest]);
};

/** A JKS of `entries`, as Java writes it. */
const jks = (entries: readonly Buffer[], count = entries.length, version = 2): Buffer =>
  sealed(Buffer.concat([int(0xfe_ed_fe_ed), int(version), int(count), ...entries]));

const entry = (alias: Buffer, certificate: Buffer, tag = 2): Buffer =>
  Buffer.concat([int(tag), alias, Buffer.alloc(8), utf('X.509'), int(certificate.length), certificate]);

/** Reads, or says in its own words why not. Anything else is thrown. */
function outcome(bytes: Buffer, password: string | undefined = PASSWORD): string {
  try {
    return `${readTruststore(bytes, password).entries.length} entries`;
  } catch (error) {
    if (!(error instanceof TruststoreError)) throw error;
    return error.reason;
  }
}

const CERTIFICATE = Buffer.from(readTruststore(PKCS12_WITH_ONE, PASSWORD).entries[0]?.certificate.raw ?? '');
const JKS_WITH_ONE = jks([entry(utf('ca'), CERTIFICATE)]);

describe('a truststore that is none, or is broken', () => {
  it('the samples are whole', () => {
    for (const sample of [PKCS12_WITH_ONE, PKCS12_WITH_ONE_OPEN, JKS_WITH_ONE])
      expect(outcome(sample)).to.equal('1 entries');
  });

  it('any bytes are refused in our own words', () => {
    const beginnings = fc.constantFrom(Buffer.alloc(0), int(0xfe_ed_fe_ed), Buffer.from([0x30]), int(0xce_ce_ce_ce));
    fc.assert(
      fc.property(beginnings, fc.uint8Array({ maxLength: 400 }), (beginning, rest) => {
        expect(outcome(Buffer.concat([beginning, rest]))).to.be.oneOf(['damaged', 'unsupported', 'password']);
      }),
      { numRuns: 2000 },
    );
  });

  for (const [name, sample] of Object.entries({ PKCS12_WITH_ONE, PKCS12_WITH_ONE_OPEN, JKS_WITH_ONE })) {
    it(`${name}: wherever it is cut, it is refused`, () => {
      for (let end = 0; end < sample.length; end += 1)
        for (const password of [PASSWORD, undefined])
          expect(outcome(sample.subarray(0, end), password), String(end)).to.not.match(/entries/);
    });

    it(`${name}: whatever one byte becomes, an answer comes, and never a second certificate`, () => {
      fc.assert(
        fc.property(fc.nat(sample.length - 1), fc.nat(255), fc.boolean(), (at, byte, isOpen) => {
          const bent = Buffer.from(sample);
          bent[at] = byte;
          const said = outcome(bent, isOpen ? PASSWORD : undefined);
          expect(said).to.be.oneOf(['damaged', 'unsupported', 'password', '0 entries', '1 entries']);
        }),
        // An encrypted one takes 10,000 hashes each time.
        { numRuns: name === 'PKCS12_WITH_ONE' ? 150 : 1000 },
      );
    });
  }

  it('JKS with a changed byte is never opened with its password', () => {
    fc.assert(
      fc.property(fc.nat(JKS_WITH_ONE.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const bent = Buffer.from(JKS_WITH_ONE);
        bent[at] = (bent[at] ?? 0) ^ change;
        expect(outcome(bent)).to.not.match(/entries/);
      }),
      { numRuns: 1000 },
    );
  });

  it('JKS is read back as it was written, whatever its aliases', () => {
    const aliases = fc.array(
      fc.string({ unit: fc.constantFrom('a', 'é', '€', ' ', '-'), minLength: 1, maxLength: 20 }),
    );
    fc.assert(
      fc.property(aliases, fc.string({ maxLength: 30 }), (names, password) => {
        const bytes = sealed(jks(names.map((name) => entry(utf(name), CERTIFICATE))).subarray(0, -20), password);
        expect(readJks(bytes, password).entries.map(({ alias }) => alias)).to.deep.equal(names);
      }),
    );
  });

  it('version 1 has no name of a format before each certificate', () => {
    const old = Buffer.concat([int(2), utf('ca'), Buffer.alloc(8), int(CERTIFICATE.length), CERTIFICATE]);
    expect(outcome(jks([old], 1, 1))).to.equal('1 entries');
  });

  it('a certificate that cannot be read does not hide the others', () => {
    const store = readTruststore(jks([entry(utf('bad'), Buffer.from('bad')), entry(utf('ca'), CERTIFICATE)]), PASSWORD);
    expect(store.entries.map(({ alias }) => alias)).to.deep.equal(['ca']);
    expect(store.passedOver).to.equal(1);
  });

  it('counts and lengths that cannot be are refused before anything is kept for them', () => {
    const before = process.memoryUsage().rss;
    expect(outcome(jks([], 0xff_ff_ff_ff))).to.equal('damaged');
    expect(outcome(jks([], 20_000))).to.equal('damaged');
    expect(outcome(jks([entry(utf('ca'), CERTIFICATE, 7)]))).to.equal('damaged');
    const long = Buffer.concat([int(2), utf('ca'), Buffer.alloc(8), utf('X.509'), int(0xff_ff_ff_ff)]);
    expect(outcome(jks([long]))).to.equal('damaged');
    expect(outcome(Buffer.alloc(LARGEST + 1, 0x30))).to.equal('damaged');
    expect(process.memoryUsage().rss - before).to.be.lessThan(200 * 1024 * 1024);
  });

  it('lists within lists without end are refused at once', () => {
    const before = process.cpuUsage().user;
    for (const bytes of ['3080', '30840fffffff', '24800480']) {
      const nested = Buffer.alloc(LARGEST, Buffer.from(bytes, 'hex'));
      nested[0] = 0x30;
      expect(outcome(nested), bytes).to.equal('damaged');
    }
    expect(process.cpuUsage().user - before, 'microseconds of CPU').to.be.lessThan(3_000_000);
  });

  it('a count of iterations that would keep us busy for hours is refused', () => {
    // INTEGER 10000, where Java writes the count of its MAC and of PBKDF2.
    const usual = Buffer.from('02022710', 'hex');
    const bent = Buffer.from(PKCS12_WITH_ONE);
    expect(bent.indexOf(usual)).to.be.greaterThan(0);
    // As long as the count was, it stays below what is allowed: the sign makes it impossible.
    for (let at = bent.indexOf(usual); at >= 0; at = bent.indexOf(usual, at + 1)) bent.writeUInt16BE(0xff_ff, at + 2);
    expect(() => readTruststore(bent, PASSWORD)).to.throw(/asks for -1 iterations/);
  });
});
