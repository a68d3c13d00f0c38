import { join } from 'node:path';
import { expect } from 'chai';
import { type CliResult, CliServer, cli } from '../support/cli.ts';
import { send } from '../support/send.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('explain', () => {
  const folder = temporaryFolder();
  const env = { CONNECTOR_STATE_DIR: '', NO_COLOR: '1' };
  const explain = (words: readonly string[], input?: string): Promise<CliResult> =>
    cli(['explain', ...words], {
      cwd: folder.path,
      env: { ...env, CONNECTOR_STATE_DIR: folder.path },
      ...(input === undefined ? {} : { input }),
    });

  it('tells by the reference of an error text what happened, while the service runs and afterwards', async () => {
    const args = ['--db', join(folder.path, 'a.db'), '--http', '--port', '0', '--auth', 'none'];
    const server = await CliServer.start(args, { env: { ...env, CONNECTOR_STATE_DIR: folder.path } });
    let description = '';
    try {
      await send(`${server.url}/Users`, 'POST', { userName: 'jdoe', title: 'Engineer' });
      const reply = await send(`${server.url}/Users`, 'POST', { userName: 'JDoe', title: 'Clerk' });
      description = JSON.parse(reply.text).Errors[0].description;
      const { stdout, code, stderr } = await explain([description]);
      expect(code, stderr).to.equal(0);
      expect(stdout).to.contain('create (createNewUser').and.contain('(user-name-taken)');
    } finally {
      await server.stop();
    }
    const reference = /\(ref (.*)\)/.exec(description)?.[1] ?? '';
    const { stdout, code } = await explain([reference.toLowerCase().replace('-', ''), '--json']);
    expect(code).to.equal(0);
    const { records, fault } = JSON.parse(stdout);
    expect(records[0]).to.deep.include({ ref: reference, reason: 'uniqueness' });
    expect(fault).to.deep.include({ code: 'user-name-taken', retry: 'after the fix' });
  });

  it('takes a code without any configuration, words without quotes, and stdin', async () => {
    const task = 'Failed on …: <b>PKIX path building failed</b>:\r\n unable to find valid certification path';
    for (const [words, input, code] of [
      [['agent-distrusts-certificate'], undefined, 'agent-distrusts-certificate'],
      [['Connection', 'timed', 'out'], undefined, 'agent-connection-timed-out'],
      [['-'], task, 'agent-distrusts-certificate'],
    ] as const) {
      const { stdout, code: exitCode, stderr } = await explain(words, input);
      expect(exitCode, stderr).to.equal(0);
      expect(stdout).to.contain(`(${code})`);
    }
  });

  it('ends with 1 where nothing is known, and says why', async () => {
    const { stdout, code } = await explain(['ZZZZ-2222']);
    expect(code).to.equal(1);
    expect(stdout).to.contain('The journal could not be asked for ZZZZ-2222').and.not.contain('Nothing is known');
    const unknown = await explain(['the weather is fine']);
    expect(unknown.code).to.equal(1);
    expect(unknown.stdout).to.contain('Nothing is known of this text');
    expect((await explain([])).code).to.equal(2);
  });

  it('lists all codes', async () => {
    const { stdout, code } = await explain(['codes']);
    expect(code).to.equal(0);
    expect(stdout).to.match(/^ {2}port-taken +Another program has the port$/m);
    expect(JSON.parse((await explain(['codes', '--json'])).stdout)).to.have.length.above(10);
  });
});
