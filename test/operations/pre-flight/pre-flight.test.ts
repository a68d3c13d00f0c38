import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect } from 'chai';
import { checkAgent } from '../../../connector/operations/pre-flight/check-agent.ts';
import { checkClock } from '../../../connector/operations/pre-flight/check-clock.ts';
import { checkName } from '../../../connector/operations/pre-flight/check-name.ts';
import { checkPortFree } from '../../../connector/operations/pre-flight/check-port-free.ts';
import { checkSpace } from '../../../connector/operations/pre-flight/check-space.ts';
import { checkStateFolder } from '../../../connector/operations/pre-flight/check-state-folder.ts';
import { preFlight } from '../../../connector/operations/pre-flight/pre-flight.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const MIB = 1024 * 1024;

describe('pre-flight', () => {
  const folder = temporaryFolder();

  /** Something that has a port, and answers with `text`. */
  async function occupied(text: string, look: (port: number) => Promise<void>): Promise<void> {
    const server = createServer((_, response) => void response.end(text));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      await look((server.address() as AddressInfo).port);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  }

  it('a port that is taken is a failure and names what has it, and is free again afterwards', async () => {
    let taken = 0;
    await occupied('hello', async (port) => {
      taken = port;
      const { status, text } = await checkPortFree({ host: '127.0.0.1', port });
      expect(status).to.equal('failed');
      expect(text).to.match(new RegExp(`^127\\.0\\.0\\.1:${port} is taken by .+; end it, or choose another port`));
    });
    expect(await checkPortFree({ host: '127.0.0.1', port: taken })).to.deep.equal({
      status: 'ok',
      text: `127.0.0.1:${taken} is free`,
    });
  });

  it('a port that a connector has is only a warning: it may be the one to be set up anew', async () => {
    await occupied('{"status":"ok"}', async (port) => {
      const { status, text } = await checkPortFree({ host: '127.0.0.1', port });
      expect(status).to.equal('warning');
      expect(text).to.contain('taken by a connector that runs');
    });
  });

  it('an address of another machine is named with its setting', async () => {
    expect((await checkPortFree({ host: '192.0.2.1', port: 8443 })).text).to.equal(
      '192.0.2.1:8443 is no address of this machine; check server.listen',
    );
  });

  it('a name that does not resolve is a failure with the two places to enter it', async () => {
    const { status, text } = await checkName('no-such-host.invalid');
    expect(status).to.equal('failed');
    expect(text).to.match(/^no-such-host\.invalid does not resolve: enter it in DNS, or in the hosts file/);
  });

  it('an address is judged by whether this machine has it', async () => {
    expect((await checkName('10.1.2.3', ['10.1.2.3'])).status).to.equal('ok');
    expect((await checkName('10.1.2.4', ['10.1.2.3'])).status).to.equal('warning');
    expect(await checkName('localhost')).to.deep.equal({ status: 'ok', text: 'localhost is this machine itself' });
  });

  it('a file of the future shows that the clock is behind', () => {
    const file = join(folder.path, 'later');
    writeFileSync(file, '');
    utimesSync(file, new Date('2031-01-01T00:00:00Z'), new Date('2031-01-01T00:00:00Z'));
    const now = Date.parse('2026-06-01T12:00:00Z');
    expect(checkClock({ now, witnesses: [file, join(folder.path, 'none')], kept: true })).to.deep.equal({
      status: 'failed',
      text: `2026-06-01 12:00:00 UTC, but ${file} is from 2031-01-01 00:00:00: the clock is behind; set it, and switch on NTP`,
    });
  });

  it('a clock that nothing keeps is a warning with the command, and what is not known is not claimed', () => {
    const now = Date.parse('2026-06-01T12:00:00Z');
    expect(checkClock({ now, witnesses: [], kept: false }).status).to.equal('warning');
    expect(checkClock({ now, witnesses: [], kept: true }).text).to.equal(
      '2026-06-01 12:00:00 UTC, kept by a time service',
    );
    expect(checkClock({ now, witnesses: [], kept: undefined }).text).to.contain('not known');
  });

  it('a state folder below a file is a failure, one that can be made is not', () => {
    writeFileSync(join(folder.path, 'file'), '');
    expect(checkStateFolder(join(folder.path, 'file', 'state'))).to.deep.equal({
      status: 'failed',
      text: `${join(folder.path, 'file', 'state')}: a part of the path is a file and no folder; choose another state_dir`,
    });
    expect(checkStateFolder(join(folder.path, 'new'))).to.deep.equal({
      status: 'ok',
      text: `${join(folder.path, 'new')} can be made`,
    });
    expect(checkStateFolder(folder.path).text).to.equal(`${folder.path} can be written`);
  });

  it('a state folder without rights is a failure that says so', function () {
    // Root may write anywhere but where nobody may.
    if (process.platform !== 'linux') return this.skip();
    const { status, text } = checkStateFolder('/proc/self/state');
    expect(status).to.equal('failed');
    expect(text).to.match(/^\/proc\/self\/state: (this account may not write there|cannot be used)/);
  });

  it('free space is told in MiB, and little of it is a warning before it is a failure', () => {
    expect(checkSpace('/state', 5 * MIB).status).to.equal('failed');
    expect(checkSpace('/state', 100 * MIB)).to.deep.equal({
      status: 'warning',
      text: '100 MiB free for /state: the journal may grow to 512 MiB; free some, or lower journal.max_size',
    });
    expect(checkSpace('/state', 2000 * MIB).text).to.equal('2000 MiB free for /state');
    expect(checkSpace(folder.path).text).to.match(/^\d+ MiB free for /);
  });

  it('an agent that is not there is no fault, one without its Java is', () => {
    const agent = {
      folder: '/opt/x',
      version: undefined,
      system: 'linux',
      java: undefined,
      settings: undefined,
    } as const;
    expect(checkAgent(undefined).status).to.equal('ok');
    expect(checkAgent(agent)).to.deep.equal({
      status: 'warning',
      text: 'Okta Provisioning Agent of unknown version in /opt/x, without the Java that belongs to it: the installation is not complete',
    });
  });

  it('looks at everything and writes nothing', async () => {
    mkdirSync(join(folder.path, 'a'));
    const stateDir = join(folder.path, 'a', 'state');
    const plan = { listen: { host: '127.0.0.1', port: 22_001 }, names: ['localhost'], stateDir, agent: undefined };
    const found = await preFlight(plan);
    expect(found.map(({ subject }) => subject)).to.deep.equal([
      'agent',
      'port',
      'firewall',
      'name',
      'clock',
      'state folder',
      'free space',
    ]);
    expect(checkStateFolder(stateDir).text).to.equal(`${stateDir} can be made`);
  });
});
