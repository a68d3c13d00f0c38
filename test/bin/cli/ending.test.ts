import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect } from 'chai';
import { CommandError } from '../../../bin/cli/command-error.ts';
import { EXIT_CODES, endingOf } from '../../../bin/cli/ending.ts';
import { EXIT } from '../../../bin/cli/exit-codes.ts';
import { OperationError } from '../../../connector/operations/operation-error.ts';

describe('the end of a command that failed', () => {
  it('has the exit code of its kind, a different one for each', () => {
    expect(new Set(Object.values(EXIT_CODES)).size).to.equal(Object.keys(EXIT_CODES).length);
    expect(endingOf(new OperationError('secret', 'why'))).to.deep.equal({
      exitCode: EXIT.secret,
      message: 'why',
      isBug: false,
    });
  });

  it('has the exit code it was given', () => {
    expect(endingOf(new CommandError(EXIT.interrupted, 'stopped')).exitCode).to.equal(EXIT.interrupted);
  });

  it('tells of a port that is taken, and how to choose another', async () => {
    const first = createServer().listen(0, '127.0.0.1');
    await once(first, 'listening');
    const { port } = first.address() as AddressInfo;
    const [error] = await once(createServer().listen(port, '127.0.0.1'), 'error').catch((reason) => [reason]);
    const ending = endingOf(error);
    first.close();
    expect(ending).to.deep.equal({
      exitCode: EXIT.usage,
      message: `port ${port} on 127.0.0.1 is taken by node (process ${process.pid}); choose another with --port, or 0 for a free one`,
      isBug: false,
    });
  });
});
