import { expect } from 'chai';
import { addressOf } from '../../connector/postgres/address.ts';
import { connectionComplaints } from '../../connector/postgres/complaints.ts';
import type { PostgresSettings } from '../../connector/postgres/settings.ts';

const URL = 'postgres://scim@db.corp.example:5432/scim';
const said = (settings: Partial<PostgresSettings>): readonly string[] =>
  [...connectionComplaints({ pool_size: 10, url: URL, ...settings }, ['t'])].map(
    ({ path, text, warning }) => `${warning ? 'warning ' : ''}${path.join('.')}: ${text}`,
  );

describe('settings of a database', () => {
  it('are told when they do not go together', () => {
    expect(said({})).to.deep.equal([]);
    expect(said({ ca_file: 'a', client_cert_file: 'b', client_key_file: 'c' })).to.deep.equal([]);
    expect(said({ client_cert_file: 'b' })).to.deep.equal(['t.client_key_file: missing; client_cert_file needs it']);
    expect(said({ client_key_file: 'b' })).to.deep.equal(['t.client_cert_file: missing; client_key_file needs it']);
    expect(said({ sslmode: 'disable', ca_file: 'a' })).to.deep.equal([
      'warning t.sslmode: what is sent to db.corp.example can be read on the way, people and all; leave sslmode out, and name the authority in ca_file',
      'warning t.ca_file: has no effect with sslmode = "disable"',
    ]);
    expect(said({ url: `${URL}?sslmode=require`, ca_file: 'a' })).to.deep.equal([
      'warning t.sslmode: with "require" anybody may pass for db.corp.example; leave sslmode out, and name the authority in ca_file',
      'warning t.ca_file: has no effect with sslmode = "require"; leave sslmode out',
    ]);
    expect(said({ url: 'postgres://scim@127.0.0.1/scim', sslmode: 'disable' })).to.deep.equal([]);
  });
});

describe('a URL of PostgreSQL', () => {
  it('names role, hosts and database', () => {
    expect(addressOf('postgresql://sc%40im@db1,[fe80::1]:6432,10.0.0.7:5433/my%20db?sslmode=verify-ca')).to.deep.equal({
      user: 'sc@im',
      database: 'my db',
      hosts: [
        { host: 'db1', port: 5432 },
        { host: 'fe80::1', port: 6432 },
        { host: '10.0.0.7', port: 5433 },
      ],
      sslmode: 'verify-ca',
    });
  });

  for (const [url, complaint] of [
    [
      'postgres://scim:s3cret@db/scim',
      /^must hold no password; leave it out and write password = \{ env = "VARIABLE" \}/,
    ],
    ['postgres://scim:s3cr/et@db/scim', /^must/],
    ['postgres://db/scim', /^must name the role before the host/],
    ['postgres://scim@db', /^must look like "postgres:/],
    ['mysql://scim@db/scim', /^must look like "postgres:/],
    ['postgres://scim@db:x/scim', /^must name host and port/],
    ['postgres://scim@db:99999/scim', /^must name host and port/],
    ['postgres://scim@db/scim?sslmode=prefer', /^sslmode must be one of verify-full, verify-ca, require, disable$/],
    ['postgres://scim@db/scim?target_session_attrs=any', /^target_session_attrs must be "read-write" or "primary"/],
    ['postgres://scim@db/scim?options=-c%20x', /^options is no setting of the connector/],
    ['postgres://scim@db/scim?password=s3cret', /^must hold no password/],
    ['postgres://%zz@db/scim', /^must write "%" itself as %25$/],
  ] as const)
    it(`is refused: ${url}`, () => {
      const address = addressOf(url);
      expect('complaint' in address && address.complaint).to.match(complaint);
      expect('complaint' in address && address.complaint).to.not.include('s3cr');
    });
});
