import { expect } from 'chai';
import { examinedServer } from './examined.ts';
import { REFUSALS } from './refusals.ts';
import { SHAPES } from './shapes.ts';

describe('doctor --target: a server with one thing wrong', () => {
  for (const { name, deviation, red, text, cause, fix, okta, isFatal } of [...SHAPES, ...REFUSALS])
    it(`${name}: one cause, one fix, Okta's words`, async () => {
      const { tried, failed } = await examinedServer({ deviation });
      const [first, ...others] = failed;
      expect(first?.name, JSON.stringify(failed)).to.equal(red);
      expect(first?.text).to.match(text);
      expect(first?.cause).to.match(cause);
      expect(first?.fix).to.match(fix);
      expect(first?.command ?? '').to.match(/^curl -/);
      expect(first?.okta).to.match(okta);
      expect(new Set(failed.map((one) => one.cause)).size, 'each cause once').to.equal(failed.length);
      expect(JSON.stringify(tried), 'no secret').not.to.match(/the-secret-of-the-test|Geheim-1/);
      if (isFatal) {
        expect(others).to.deep.equal([]);
        expect(tried.at(-1)?.verdict).to.deep.include({ status: 'skipped' });
      } else expect(tried.at(-1)?.verdict.status, 'went on to the end').to.equal('ok');
    });

  it('is found to have nothing wrong where nothing is', async () => {
    const { failed, warnings } = await examinedServer({});
    expect(failed).to.deep.equal([]);
    expect(warnings.filter((one) => !one.startsWith('tlsHandshake'))).to.deep.equal([]);
  });

  it('reads three pages of many, and the first one twice', async () => {
    const { asked, failed } = await examinedServer({ users: 2000 });
    expect(failed).to.deep.equal([]);
    const pages = asked
      .filter((one) => /GET \S+\/Users\?startIndex/.test(one))
      .map((one) => /startIndex=(\d+)/.exec(one)?.[1]);
    expect(pages).to.deep.equal(['1', '1001', '1801', '1']);
  });
});

describe('doctor --target: a server that does not come to an end', () => {
  it('is red after its time, and hangs nobody', async () => {
    const silent = examinedServer({ deviation: () => () => undefined }, 200);
    const dripping = examinedServer(
      {
        deviation: () => (response) => {
          const drops = setInterval(() => response.write(' '), 20);
          response.once('close', () => clearInterval(drops));
        },
      },
      200,
    );
    for (const { failed, tried } of [await silent, await dripping]) {
      expect(failed.map(({ name }) => name)).to.deep.equal(['getImplementedUserManagementCapabilities']);
      expect(failed[0]?.text).to.match(/no answer within 0\.2 s/);
      expect(failed[0]?.okta).to.match(/SocketTimeoutException/);
      expect(tried.at(-1)?.verdict.status).to.equal('skipped');
    }
  });

  it('is not read beyond what memory takes', async () => {
    const block = Buffer.alloc(1024 * 1024, ' ');
    const { failed } = await examinedServer({
      deviation: () => (response) => {
        const more = (): void => {
          while (!response.destroyed && response.write(block));
          if (!response.destroyed) response.once('drain', more);
        };
        more();
      },
    });
    expect(failed[0]?.text).to.match(/longer than \d+ bytes/);
  });
});
