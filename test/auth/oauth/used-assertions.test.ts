import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { AssertionFile } from '../../../connector/auth/oauth/assertion-file.ts';
import { UsedAssertions } from '../../../connector/auth/oauth/used-assertions.ts';
import { recordingLog } from '../../support/recording-log.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { formOf } from './client.ts';
import { OAuthServer } from './oauth-server.ts';

describe('used assertions', () => {
  const folder = temporaryFolder();
  const file = () => join(folder.path, 'used-assertions');
  const linesIn = () => readFileSync(file(), 'utf8').trimEnd().split('\n');

  it('are refused until they expire, and forgotten soon after', () => {
    const used = new UsedAssertions();
    expect(used.take('a', 600, 0)).to.equal('new');
    for (const now of [0, 599, 600]) expect(used.take('a', 600, now)).to.equal('used');
    expect(used.take('a', 900, 661)).to.equal('new');
  });

  it('are none of them forgotten for another one where there is no room', () => {
    const used = new UsedAssertions(undefined, 2);
    expect(['a', 'b', 'c', 'a', 'b'].map((id) => used.take(id, 100, 0))).to.deep.equal([
      'new',
      'new',
      'full',
      'used',
      'used',
    ]);
    expect(used.take('c', 400, 121)).to.equal('new');
  });

  it('are those of before a restart too, each app its own', () => {
    const of = (app: string) => new UsedAssertions(new AssertionFile(folder.path, recordingLog()).of(app));
    expect(of('default').take('a', 600, 0)).to.equal('new');
    expect(of('default').take('a', 600, 1)).to.equal('used');
    expect(of('hr').take('a', 600, 1)).to.equal('new');
    expect(of('default').take('b', 600, 1)).to.equal('new');
    expect(linesIn()).to.have.length(3);
    expect(statSync(file()).mode & 0o777).to.equal(0o600);
    expect(readFileSync(file(), 'utf8')).not.to.match(/ [ab]\n/);
  });

  it('are written without those that are over, once there are many', () => {
    const record = new AssertionFile(folder.path, recordingLog(), 3).of('default');
    const used = new UsedAssertions(record);
    for (const [id, expires, now] of [
      ['a', 10, 0],
      ['b', 10, 0],
      ['c', 1000, 0],
      ['d', 1000, 500],
    ] as const)
      used.take(id, expires, now);
    expect(linesIn()).to.have.length(2);
    writeFileSync(file(), `nonsense\n\n${readFileSync(file(), 'utf8')}`);
    expect(record.read(500)).to.have.length(2);
  });

  it('are remembered where they cannot be written, and the log says so once', () => {
    const log = recordingLog();
    mkdirSync(file());
    const used = new UsedAssertions(new AssertionFile(folder.path, log).of('default'));
    expect(used.take('a', 600, 0)).to.equal('new');
    expect(used.take('a', 600, 0)).to.equal('used');
    expect(used.take('b', 600, 0)).to.equal('new');
    expect(log.warnings).to.have.length(1);
    expect(log.warnings[0]).to.contain('remembered until the connector stops');
  });
});

describe('a connector that was restarted', () => {
  const server = new OAuthServer();

  it('takes no assertion a second time', async () => {
    const form = formOf(await server.assertion());
    const { port } = new URL(server.origin);
    expect((await server.ask(form)).status).to.equal(200);
    await server.stop();
    await server.start([], 'state', Number(port));
    const { status, body } = await server.ask(form);
    expect(status).to.equal(401);
    expect(body.error_description).to.contain('used before');
  });
});
