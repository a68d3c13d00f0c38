import { expect } from 'chai';
import { readPasted } from '../../connector/explain/pasted-text.ts';
import { recognise } from '../../connector/explain/recognise.ts';
import { referenceIn } from '../../connector/explain/reference.ts';

const TASK =
  'Failed on 11-24-2013 11:15:25PM UTC: Unable to delete Group Push mapping target App group ogroup-1: Error while ' +
  'deleting user group ogroup-1: The Provisioning Agent call to deleteGroup failed. Error code: 404, error: Not Found. ' +
  'Errors reported by the connector : {"schemas":["urn:scim:schemas:core:1.0"],"Errors":[{"description":"Group \\"1004\\" ' +
  'not found (ref K7Q2-91XM)","code":"404"}],"detail":"Group \\"1004\\" not found (ref K7Q2-91XM)"}';

const entities = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');

/** Ways in which a text comes out of a browser, a mail or a ticket. */
const WAYS: Readonly<Record<string, (text: string) => string>> = {
  'as it is': (text) => text,
  'with entities': entities,
  'with entities in entities': (text) => entities(entities(text)),
  'with smart quotes': (text) => text.replace(/"/g, () => '\u201d'),
  'with line breaks in it': (text) => text.replace(/(.{50}) /g, '$1\n   '),
  'with CRLF and blanks that do not break': (text) => text.replaceAll(' ', '\u00a0\r\n'),
  'in tags': (text) => `<td class="text">${text}</td>`,
  'without its backslashes': (text) => text.replaceAll('\\', ''),
  'quoted again': (text) => JSON.stringify(text),
  'cut before the description': (text) => text.slice(text.indexOf('description')),
  'cut behind the reference': (text) => text.slice(0, text.indexOf('91XM') + 4),
  'with another dash': (text) => text.replaceAll('K7Q2-91XM', 'K7Q2\u201391XM'),
  'in capitals of another kind': (text) => text.replaceAll('K7Q2-91XM', 'k7q2-91xm'),
};

describe('text of a task in Okta', () => {
  for (const [way, made] of Object.entries(WAYS)) {
    it(`is read ${way}`, () => {
      const read = readPasted(made(TASK));
      expect(read.reference).to.equal('K7Q2-91XM');
      expect(recognise(read)).to.equal('id-unknown');
    });
  }

  it('tells what Okta called, with which status, and what it was told', () => {
    expect(readPasted(TASK)).to.deep.include({ message: 'deleteGroup', status: 404, said: 'Group "1004" not found' });
  });

  it('may be cut in the middle of the description', () => {
    const read = readPasted(TASK.slice(0, TASK.indexOf('(ref')));
    expect(read).to.not.have.property('reference');
    expect(recognise(read)).to.equal('id-unknown');
  });

  it('may name people who are called like an error', () => {
    const text =
      '{"Errors":[{"description":"userName \\"PKIX path building failed\\" is already in use by another resource"}]}';
    expect(recognise(readPasted(text))).to.equal('user-name-taken');
  });

  for (const [text, code] of [
    [
      'Failed on 01-02-2026 01:02:03AM UTC: sun.security.validator.ValidatorException: PKIX path building failed: …',
      'agent-distrusts-certificate',
    ],
    ['java.security.cert.CertificateException: No name matching scim1 found', 'agent-certificate-name'],
    [
      'The Provisioning Agent call to createNewUser failed: java.net.ConnectException: Connection timed out: connect',
      'agent-connection-timed-out',
    ],
    [
      'org.apache.http.conn.HttpHostConnectException: Connect to scim1:8443 failed: Connection refused',
      'agent-cannot-connect',
    ],
    ['java.net.NoRouteToHostException: No route to host', 'agent-cannot-connect'],
    ['http protocol is not supported', 'agent-http-refused'],
    ['java.net.UnknownHostException: scim1.corp.example', 'agent-host-unknown'],
    ['Please check and ensure Provisioning Agent is running.', 'agent-not-running'],
    ['Matching user not found', 'okta-no-matching-user'],
    ['java.net.SocketTimeoutException: Read timed out', 'agent-read-timed-out'],
  ] as const)
    it(`knows what the agent says: ${text.slice(0, 60)}`, () => {
      expect(recognise(readPasted(text))).to.equal(code);
    });

  it('knows nothing of other texts', () => {
    for (const text of ['hello', 'The quick brown fox', '', '{}', '((((', 'ref', '&#99999999;'])
      expect(recognise(readPasted(text)), text).to.equal(undefined);
  });

  it('is read in time, whatever it is', () => {
    // Work per character must not grow with the length.
    for (const piece of ['&amp;', '"description":"', '\\"', '<a ', '(ref ', 'call to '])
      expect(readPasted(piece.repeat(20_000)).text.length).to.be.above(0);
  });
});

describe('reference', () => {
  for (const text of [
    'K7Q2-91XM',
    'k7q2-91xm',
    'K7Q291XM',
    '(ref K7Q2-91XM)',
    'ref K7Q2-91XM',
    'ref: k7q2 91xm',
    ' K7Q2‑91XM. ',
    'K7Q2 - 91XM',
  ])
    it(`is read from ${JSON.stringify(text)}`, () => {
      expect(referenceIn(text)).to.equal('K7Q2-91XM');
    });

  for (const text of [
    'K7Q2',
    'K7Q2-91XMA',
    'preference',
    'see ref',
    'refer to page 1234 5678 of',
    'K7Q2-91XM and more',
  ])
    it(`is not read from ${JSON.stringify(text)}`, () => {
      expect(referenceIn(text)).to.equal(undefined);
    });
});
