import { existsSync, readFileSync, rmSync } from 'node:fs';
import { expect } from 'chai';
import { openSharedSecrets } from '../../connector/run/open-shared-secrets.ts';
import { Secret } from '../../connector/secrets/secret.ts';
import { openCertificates } from '../../connector/tls/certificates.ts';
import type { Certificates } from '../../connector/tls/live-certificates.ts';
import { renewServerCertificate } from '../../connector/tls/own/server-certificate.ts';
import { authorityFile, issuerFile } from '../../connector/tls/own/state-files.ts';
import { type Node, twoNodes } from '../support/postgres/two-nodes.ts';
import { type RecordingLog, recordingLog } from '../support/recording-log.ts';
import { rejection } from '../support/rejection.ts';

interface Given {
  readonly key?: string;
  readonly password?: string;
}

describe('secrets that two connectors share', () => {
  const nodes = twoNodes();
  const open: Certificates[] = [];

  const secretsOf = (node: Node, { key, password }: Given = { password: 'p' }, log = recordingLog()) => {
    const postgres = {
      ...(key === undefined ? {} : { key: new Secret(key) }),
      ...(password === undefined ? {} : { password: new Secret(password) }),
    };
    return openSharedSecrets(
      { state_dir: node.stateDir, state: { backend: 'postgres', postgres } } as never,
      node,
      log,
    );
  };

  const caOf = ({ stateDir }: Node): string => readFileSync(authorityFile(stateDir), 'utf8');

  async function certificatesOf(node: Node, log: RecordingLog = recordingLog()): Promise<Certificates> {
    const { authority: shared } = await secretsOf(node);
    const opened = await openCertificates({ source: 'auto', stateDir: node.stateDir, shared, log });
    open.push(opened);
    return opened;
  }

  const stored = async (): Promise<string> =>
    JSON.stringify(await nodes.database.fresh.admin('SELECT * FROM scim_state.shared_key ORDER BY name'));

  afterEach(() => {
    for (const one of open.splice(0)) one.close();
  });

  it('are the same keys in both, also where both start at once, and no two purposes have one', async () => {
    const [a, b] = await Promise.all([secretsOf(nodes.a), secretsOf(nodes.b)]);
    expect(a.keys.derivedKey('cursors')).to.deep.equal(b.keys.derivedKey('cursors'));
    expect(a.keys.derivedKey('cursors')).to.not.deep.equal(a.keys.derivedKey('access tokens'));
    const again = await secretsOf(nodes.b);
    expect(again.keys.derivedKey('cursors')).to.deep.equal(a.keys.derivedKey('cursors'));
  });

  it('do not open with another password or key, and the text says whose it is', async () => {
    await secretsOf(nodes.a);
    const { message } = await rejection(secretsOf(nodes.b, { password: 'other' }));
    expect(message).to.match(
      /^the keys in the database do not open: .+ has sealed them with another \[state\.postgres\] key or password; give both the same$/,
    );
  });

  it('go from the password to a key that is set later, and no further', async () => {
    const first = await secretsOf(nodes.a);
    const next = await secretsOf(nodes.a, { key: 'k', password: 'p' });
    expect(next.keys.derivedKey('cursors')).to.deep.equal(first.keys.derivedKey('cursors'));
    await secretsOf(nodes.b, { key: 'k', password: 'changed' });
    expect((await rejection(secretsOf(nodes.b, { password: 'p' }))).message).to.contain('do not open');
  });

  it('are told to be without a secret around them where there is none', async () => {
    const log = recordingLog();
    const before = process.env['PGPASSWORD'];
    delete process.env['PGPASSWORD'];
    await secretsOf(nodes.a, {}, log);
    if (before !== undefined) process.env['PGPASSWORD'] = before;
    expect(log.warnings).to.have.length(1);
    expect(log.warnings[0]).to.contain('set [state.postgres] key');
  });

  it('are one certificate authority, whoever made it, and its key is in the database for nobody who reads that alone', async () => {
    const [a, b] = await Promise.all([certificatesOf(nodes.a), certificatesOf(nodes.b)]);
    expect(caOf(nodes.a)).to.equal(caOf(nodes.b));
    expect(a.describe().fingerprint256).to.not.equal(b.describe().fingerprint256);
    const [row] = /-----BEGIN PRIVATE KEY-----\n(.{20})/.exec(readFileSync(issuerFile(nodes.a.stateDir), 'utf8')) ?? [];
    expect(row).to.be.a('string');
    expect(await stored()).to.not.match(/BEGIN|PRIVATE/);
    // A machine that is set up anew gets it back.
    rmSync(nodes.b.stateDir, { recursive: true });
    expect(existsSync(authorityFile(nodes.b.stateDir))).to.equal(false);
    await certificatesOf(nodes.b);
    expect(caOf(nodes.a)).to.equal(caOf(nodes.b));
  });

  it('come from the state folder of the connector that was there first', async () => {
    const own = await openCertificates({ source: 'auto', stateDir: nodes.a.stateDir, log: recordingLog() });
    open.push(own);
    const before = caOf(nodes.a);
    await certificatesOf(nodes.a);
    await certificatesOf(nodes.b);
    expect([caOf(nodes.a), caOf(nodes.b)]).to.deep.equal([before, before]);
  });

  it('are a new authority on both once one has renewed it', async () => {
    const [, b] = [await certificatesOf(nodes.a), await certificatesOf(nodes.b)];
    const before = caOf(nodes.b);
    const { authority: shared } = await secretsOf(nodes.a);
    await renewServerCertificate({ stateDir: nodes.a.stateDir, authority: true, shared }, recordingLog(), Date.now());
    expect(caOf(nodes.a)).to.not.equal(before);
    await b.reload();
    expect(caOf(nodes.b)).to.equal(caOf(nodes.a));
    expect(String(b.current().cert)).to.contain(caOf(nodes.a).slice(0, 200).split('\n')[0]);
    expect(readFileSync(issuerFile(nodes.b.stateDir), 'utf8')).to.equal(
      readFileSync(issuerFile(nodes.a.stateDir), 'utf8'),
    );
  });

  it('leave an authority alone that agents of one connector trust already, and say what to do', async () => {
    for (const { stateDir } of [nodes.a, nodes.b])
      open.push(await openCertificates({ source: 'auto', stateDir, log: recordingLog() }));
    const theirs = caOf(nodes.b);
    await certificatesOf(nodes.a);
    const log = recordingLog();
    await certificatesOf(nodes.b, log);
    expect(caOf(nodes.b)).to.equal(theirs);
    expect(log.warnings.join('\n')).to.contain(`remove ${issuerFile(nodes.b.stateDir)}`);
    rmSync(issuerFile(nodes.b.stateDir));
    await certificatesOf(nodes.b);
    expect(caOf(nodes.b)).to.equal(caOf(nodes.a));
  });

  it('serve on while the database is away', async () => {
    const b = await certificatesOf(nodes.b);
    const { fingerprint256 } = b.describe();
    await nodes.b.relay.close();
    await b.reload();
    expect(b.describe().fingerprint256).to.equal(fingerprint256);
  });

  it('let an assertion in once, wherever it comes first', async () => {
    const [a, b] = await Promise.all([secretsOf(nodes.a), secretsOf(nodes.b)]);
    const [mine, theirs] = [a.assertionsOf('default'), b.assertionsOf('default')];
    const now = Math.floor(Date.now() / 1000);
    for (let round = 0; round < 20; round += 1) {
      const taken = await Promise.all(
        [mine, theirs, mine, theirs].map((one) => one.take(`jti${round}`, now + 60, now)),
      );
      expect(taken.toSorted()).to.deep.equal(['new', 'used', 'used', 'used']);
    }
    expect(await b.assertionsOf('hr').take('jti0', now + 60, now)).to.equal('new');
    await nodes.b.relay.close();
    expect(await rejection(Promise.resolve(theirs.take('next', now + 60, now)))).to.include({ reason: 'unavailable' });
  });
});
