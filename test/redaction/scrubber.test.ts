import { expect } from 'chai';
import { Pseudonyms } from '../../connector/redaction/pseudonyms.ts';
import { redactJson } from '../../connector/redaction/redact-json.ts';
import { Scrubber } from '../../connector/redaction/scrubber.ts';

const KEY = Buffer.alloc(32, 7);
const made = (secrets: readonly string[] = []): Scrubber => {
  const dotted = new Set(['server.listen', 'ldap.page_size']);
  const scrubber = new Scrubber({ pseudonyms: new Pseudonyms(KEY), secrets, dotted });
  scrubber.learn('user', 'bjensen', 'id-of-barbara');
  scrubber.learn('user', 'id-of-barbara');
  return scrubber;
};
/** Digits are shown as such, so that a test reads well. */
const shape = (text: string): string => text.replace(/-[0-9a-f]{6}\b/g, '-…');

const READ: readonly (readonly [text: string, shown: string])[] = [
  // What support needs stays as it is.
  [
    'userName "x y" is already in use by another resource (ref K7Q2-91XM)',
    'userName "value-…" is already in use by another resource (ref K7Q2-91XM)',
  ],
  ['mail: value #0 invalid per syntax', 'mail: value #0 invalid per syntax'],
  [
    '00000523: SysErr: DSID-031A1254, problem 22 (Invalid argument), data 0',
    '00000523: SysErr: DSID-031A1254, problem 22 (Invalid argument), data 0',
  ],
  [
    'check server.listen and ldap.page_size, 500 entries in 12.5ms',
    'check server.listen and ldap.page_size, 500 entries in 12.5ms',
  ],
  [
    'the directory has no attribute titel; did you mean "title"?',
    'the directory has no attribute word-…; did you mean "title"?',
  ],
  [
    'at 2026-11-28T02:10:00.123Z from 127.0.0.1:8443 and [::1]',
    'at 2026-11-28T02:10:00.123Z from 127.0.0.1:8443 and [::1]',
  ],
  // What may be somebody or something of the house does not.
  [
    'no entry uid=bjensen,ou=people,dc=corp,dc=example there',
    'no entry uid=user-…,ou=value-…,dc=value-…,dc=value-… there',
  ],
  ['Authorization: Bearer aGVsbG8gd29ybGQh', 'Authorization: Bearer [token]'],
  ['https://a:b@idm01.corp.example:8443/scim/x?y=1 failed', 'https://host-…:8443/path-… failed'],
  ['listening on http://127.0.0.1:8080/scim/v1', 'listening on http://127.0.0.1:8080/scim/v1'],
  ['ana@corp.example from 10.0.0.5 or fe80::12:1', 'mail-… from address-… or address-…'],
  ['call +49 151 1234567 or 4111 1111 1111 1111', 'call phone-… or phone-…'],
  ['/home/ana/key.pem: permission denied', 'path-….pem: permission denied'],
  ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln is expired', '[token] is expired'],
  ['ldap1.corp.example does not answer', 'host-… does not answer'],
  ['Summer2024! failed for Müller', 'word-…! failed for word-…'],
  ['cn=admin refused', 'cn=value-… refused'],
  ['error code 12345678', 'error code word-…'],
  ['    at open (/opt/x/scim-connector.cjs:12:34)', '    at scim-connector.cjs:12:34'],
  ['    at open (/home/ana/own.cjs:12:34)', '    at (elsewhere)'],
];

describe('what is taken out of a text', () => {
  for (const [text, shown] of READ) it(shown, () => expect(shape(made().text(text))).to.equal(shown));

  it('calls a person the same by name and by id, in any case', () => {
    const scrubber = made();
    const name = scrubber.text('bjensen');
    expect(name).to.match(/^user-[0-9a-f]{6}$/);
    expect(scrubber.text('BJensen')).to.equal(name);
    expect(scrubber.text('of "id-of-barbara"')).to.equal(`of "${name}"`);
    expect(redactJson(scrubber, { id: 'id-of-barbara' })).to.deep.equal({ id: name });
  });

  it('has the same stand-in with the same key, and another with another', () => {
    const other = new Scrubber({ pseudonyms: new Pseudonyms(Buffer.alloc(32, 8)) });
    expect(made().value('user', 'ana')).to.equal(made().value('user', ' ANA '));
    expect(made().value('user', 'ana')).not.to.equal(other.value('user', 'ana'));
  });

  it('leaves nothing of a secret, not even of one made of ordinary words', () => {
    const scrubber = made(['the password', 'server']);
    expect(scrubber.text('the password of the server')).to.equal('[secret] of the [secret]');
    expect(scrubber.value('user', 'at the password')).to.equal('[secret]');
  });

  it('reads the beginning of a line that never ends', () => {
    const shown = made().text(`refused ${'a.'.repeat(500_000)}`);
    expect(shown).to.match(/^refused \S+ \[cut\]$/);
  });

  it('takes no stand-in for one that somebody has typed', () => {
    expect(made().text('\ue000canary\ue001')).not.to.contain('canary');
  });

  it('knows whom a stand-in means', () => {
    const pseudonyms = new Pseudonyms(KEY);
    const scrubber = new Scrubber({ pseudonyms });
    scrubber.learn('user', 'bjensen', 'id-1');
    expect(pseudonyms.meaning(scrubber.text('bjensen'))).to.have.members(['id-1', 'bjensen']);
    expect(pseudonyms.meaning('user-000000')).to.deep.equal([]);
  });

  it('keeps the form of JSON: names of ours, numbers, times, and no value of a person', () => {
    const shown = redactJson(made(), {
      level: 'info',
      time: '2026-11-28T02:10:00.123Z',
      ms: 12.5,
      status: 201,
      msg: 'createNewUser',
      is: { active: true, userName: 'ana', badge: 7 },
      api_token: 'x',
      CanaryField: 'secretly',
      account: 4915112345678,
    });
    expect(shape(JSON.stringify(shown))).to.equal(
      '{"level":"info","time":"2026-11-28T02:10:00.123Z","ms":12.5,"status":201,"msg":"createNewUser","is":{"active":true,"userName":"value-…","badge":"value-…"},"api_token":"[secret]","word-…":"word-…","account":"value-…"}',
    );
  });
});
