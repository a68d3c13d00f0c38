import { expect } from 'chai';
import { createLogger } from '../../connector/log/logger.ts';
import { Secret } from '../../connector/secrets/secret.ts';

async function linesAt(level: 'info' | 'debug', write: (log: Awaited<ReturnType<typeof createLogger>>['log']) => void) {
  const lines: string[] = [];
  const { log } = await createLogger({
    level,
    format: 'json',
    destination: { write: (line) => void lines.push(line) },
  });
  write(log);
  return lines;
}

const bodyError = (): Error => {
  try {
    return JSON.parse('{"password":hunter2}');
  } catch (error) {
    return new Error('reading hunter2 failed', { cause: error });
  }
};

describe('the log', () => {
  it('writes one JSON line with level, time and message', async () => {
    const [line = '', ...others] = await linesAt('info', (log) => {
      log.debug('not this');
      log.info({ ref: 'a1' }, 'done');
    });
    expect(others).to.deep.equal([]);
    expect(line).to.match(/^\{.*\}\n$/);
    const { time, ...rest } = JSON.parse(line);
    expect(rest).to.deep.equal({ level: 'info', ref: 'a1', msg: 'done' });
    expect(new Date(time).toISOString()).to.equal(time);
  });

  it('masks what bears the name of a secret, and secrets by themselves', async () => {
    const lines = await linesAt('debug', (log) =>
      log.error(
        {
          password: 'hunter2',
          request: { token: 'hunter2', headers: { authorization: 'hunter2' } },
          x: new Secret('hunter2'),
        },
        'x',
      ),
    );
    expect(lines.join('')).not.to.contain('hunter2');
    expect(JSON.parse(lines[0] ?? '').request.token).to.equal('[secret]');
  });

  it('leaves out the text of an unknown error, which may quote a request, but not where it happened', async () => {
    const lines = await linesAt('info', (log) => log.error({ err: bodyError() }, 'bug'));
    expect(lines.join('')).not.to.contain('hunter2');
    const { err } = JSON.parse(lines[0] ?? '');
    expect(err.type).to.equal('Error');
    expect(err.stack).to.contain('logger.test.ts');
    expect(err.cause.type).to.equal('SyntaxError');
  });

  it('gives the text of an unknown error at debug', async () => {
    const lines = await linesAt('debug', (log) => log.error({ err: bodyError() }, 'bug'));
    expect(JSON.parse(lines[0] ?? '').err.message).to.equal('reading hunter2 failed');
  });

  it('always gives the text of a system error, which names files and hosts only', async () => {
    const error = Object.assign(new Error('EACCES: permission denied, open /x'), { code: 'EACCES' });
    const lines = await linesAt('info', (log) => log.error({ err: error }, 'x'));
    expect(JSON.parse(lines[0] ?? '').err).to.include({ code: 'EACCES', message: error.message });
  });

  it('has no stack for what happens without a fault in the program, whatever it was caused by', async () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:636'), { code: 'ECONNREFUSED' });
    const full = Object.assign(new Error('database or disk is full'), { code: 'SQLITE_IOERR_WRITE' });
    const foreseen = Object.assign(new Error('x', { cause: new TypeError('hunter2', { cause: refused }) }), {
      logged: { message: 'the bind is refused', diagnostic: 'data 52e' },
    });
    const lines = await linesAt('info', (log) => {
      for (const err of [refused, full, foreseen]) log.error({ err }, 'x');
    });
    expect(lines.join('')).not.to.contain('stack').and.not.to.contain('hunter2');
    const { err } = JSON.parse(lines[2] ?? '');
    expect(err).to.include({ message: 'the bind is refused', diagnostic: 'data 52e' });
    expect(err.cause.cause.message).to.equal(refused.message);
  });

  it('has the stack of a fault that only looks like one of the system', async () => {
    const fault = Object.assign(new Error('near "SELEC"'), { code: 'SQLITE_ERROR' });
    const lines = await linesAt('info', (log) => log.error({ err: fault }, 'x'));
    expect(JSON.parse(lines[0] ?? '').err.stack).to.contain('logger.test.ts');
  });

  it('survives an error that is its own cause', async () => {
    const error = new Error('x');
    error.cause = error;
    expect(await linesAt('info', (log) => log.error({ err: error }, 'x'))).to.have.length(1);
  });
});
