import { expect } from 'chai';
import { createLogger } from '../../connector/log/logger.ts';
import { readableLines } from '../../connector/log/readable-lines.ts';

async function textOf(fields: object, message: string): Promise<string> {
  const pieces: string[] = [];
  const destination = await readableLines(false, { write: (piece) => void pieces.push(piece) });
  const { log } = await createLogger({ level: 'info', format: 'json', destination });
  log.warn(fields, message);
  return pieces.join('');
}

describe('the log on a terminal', () => {
  it('says on one line what happened, why, and under which circumstances', async () => {
    const fields = { ref: 'K7Q2-91XM', app: 'default', status: 409, detail: 'userName "…" is in use', changed: ['a'] };
    expect(await textOf(fields, 'createNewUser')).to.match(
      /^\[[\d:.]+\] WARN: createNewUser: userName "…" is in use \{"ref":"K7Q2-91XM","app":"default","status":409,"changed":\["a"\]\}\n$/,
    );
  });

  it('keeps an ordinary failure on the line', async () => {
    const err = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    expect(await textOf({ ref: 'a', err }, 'x')).to.match(/^[^\n]*"code":"ECONNREFUSED"[^\n]*\n$/);
  });

  it('gives more lines to the stack of what nobody foresaw only', async () => {
    const text = await textOf({ ref: 'a', err: new TypeError('x') }, 'x');
    expect(text.split('\n')[0]).to.match(/WARN: x \{"ref":"a"\}$/);
    expect(text).to.contain('readable-lines.test.ts');
  });

  it('lets no escape sequence through', async () => {
    expect(await textOf({ detail: '\u001b[31mred' }, 'x')).not.to.contain('\u001b');
  });
});
