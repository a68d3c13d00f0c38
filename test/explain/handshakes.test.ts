import { expect } from 'chai';
import { readPasted } from '../../connector/explain/pasted-text.ts';
import { recognise } from '../../connector/explain/recognise.ts';
import { diagnoseHandshake, type FailedHandshake } from '../../connector/tls/handshake-failure.ts';

const OURS = { ours: true, names: ['scim1.corp.example'], notAfter: new Date(0) };

/** OpenSSL's words, and what else is known. */
const FAILED: readonly Omit<FailedHandshake, 'address'>[] = [
  { words: 'tlsv1 alert unknown ca' },
  { words: 'sslv3 alert certificate unknown', called: 'scim2.corp.example' },
  { words: 'sslv3 alert certificate unknown' },
  { words: 'sslv3 alert certificate expired' },
  { words: 'unsupported protocol', protocol: 'TLS 1.0' },
  { words: 'no shared cipher' },
  { words: 'http request' },
  { words: 'wrong version number' },
  { words: 'TLS handshake timeout' },
  { words: 'something new' },
  {},
];

describe('text of a failed handshake', () => {
  for (const failed of FAILED)
    it(`is known: ${failed.words ?? 'the client left'}`, () => {
      for (const ours of [true, false]) {
        const { text, fault } = diagnoseHandshake({ address: '10.0.0.5', ...failed }, { ...OURS, ours });
        expect(recognise(readPasted(text)), text).to.equal(fault);
      }
    });
});
