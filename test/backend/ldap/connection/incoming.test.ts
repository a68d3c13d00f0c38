import { expect } from 'chai';
import type { DecodedEntry } from '../../../../connector/backend/ldap/connection/entry.ts';
import { Incoming } from '../../../../connector/backend/ldap/connection/incoming.ts';
import { entry, type MockRequest, result } from '../../../support/mock-ldap-server.ts';

const SEARCH: MockRequest = { id: 7, operation: 'search' } as MockRequest;
const LATIN_1 = Buffer.from([0x4d, 0xfc, 0x6c]);

/** What comes out for the bytes of `packets`. */
function received(packets: readonly Buffer[]) {
  const entries: DecodedEntry[] = [];
  const others: string[] = [];
  const unreadable: number[] = [];
  const incoming = new Incoming({
    binaryIn: (id) => (id === SEARCH.id ? new Set(['objectguid']) : undefined),
    entry: ({ decoded }) => entries.push(decoded),
    unreadable: (id) => unreadable.push(id),
    other: (bytes) => others.push(bytes.toString('hex')),
  });
  for (const packet of packets) incoming.read(packet);
  return { entries, others, unreadable };
}

const cut = (bytes: Buffer, size: number): Buffer[] =>
  Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => bytes.subarray(i * size, (i + 1) * size));

describe('what a server sends', () => {
  const ann = entry(SEARCH, 'cn=Änn', {
    CN: ['Änn', '\ufffd', '\ufeffbom'],
    objectGUID: [Buffer.from([1, 0xff])],
    'userCertificate;binary': [Buffer.from('x')],
    jpegPhoto: [LATIN_1],
    'cn;lang-de': ['Anne'],
    member: [],
    'member;range=0-1': ['cn=0', 'cn=1'],
  });
  const done = result(SEARCH, {});

  it('is the same wherever it is cut into packets', () => {
    const bytes = Buffer.concat([
      ann,
      entry(SEARCH, 'cn=long', { description: ['x'.repeat(70_000)] }),
      done,
      ann,
      done,
    ]);
    const whole = received([bytes]);
    expect(whole.entries.map(({ dn }) => dn)).to.deep.equal(['cn=Änn', 'cn=long', 'cn=Änn']);
    expect(whole.others).to.deep.equal([done.toString('hex'), done.toString('hex')]);
    for (const size of [1, 2, 3, 5, 7, 100, 16_384]) expect(received(cut(bytes, size)), `${size}`).to.deep.equal(whole);
  });

  it('is decoded: text, bytes where they are wanted or are no text, options, open ranges', () => {
    const [found] = received([ann]).entries;
    expect(Object.fromEntries(found?.attributes ?? [])).to.deep.equal({
      cn: ['Änn', '\ufffd', 'bom'],
      objectguid: [Buffer.from([1, 0xff])],
      usercertificate: [Buffer.from('x')],
      jpegphoto: [LATIN_1],
      'cn;lang-de': ['Anne'],
      member: ['cn=0', 'cn=1'],
    });
    expect(found?.open).to.deep.equal([{ attribute: 'member', next: 2 }]);
  });

  it('fails the search that it belongs to where it is broken, and no other', () => {
    const broken = Buffer.from(ann);
    // The list of attributes claims to be longer than its message.
    broken[broken.indexOf('cn=') + 7] = 0x83;
    const { entries, unreadable, others } = received([broken, ann, done]);
    expect([unreadable, entries.length, others.length]).to.deep.equal([[7], 1, 1]);
  });

  it('goes to ldapts where it answers something else, or is no message', () => {
    const other = entry({ ...SEARCH, id: 8 }, 'cn=a', { cn: ['a'] });
    expect(received([other]).others).to.deep.equal([other.toString('hex')]);
    const noise = Buffer.from('HTTP/1.1 400 Bad Request');
    expect(received([noise]).others).to.deep.equal([noise.toString('hex')]);
  });
});
