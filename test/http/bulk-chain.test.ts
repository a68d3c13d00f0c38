import { expect } from 'chai';
import { startServer, type TestServer } from '../support/start-server.ts';
import { newGroup, type Result } from './bulk-job.ts';

const LENGTH = 2500;

/** SCIM 1.1 API §3.5: an operation may refer to any other one, and that to the next. */
describe('a long chain of references in bulk', () => {
  let server: TestServer;
  before(async () => {
    server = await startServer({ offer: { bulkMaxOperations: 10_000, bulkMaxPayload: 10_000_000 } });
  });
  after(() => server.close());

  const codes = async (Operations: readonly unknown[]): Promise<Set<string>> => {
    const reply = await server.request('POST', '/Bulk', { Operations });
    expect(reply.status, reply.text.slice(0, 200)).to.equal(200);
    return new Set((reply.body.Operations as Result[]).map(({ status }) => status.code));
  };

  it('is followed to its end, whichever end comes first', async () => {
    const chain = Array.from({ length: LENGTH }, (_, n) =>
      newGroup(`a${n}`, ...(n + 1 < LENGTH ? [`bulkId:a${n + 1}`] : [])),
    );
    expect(await codes(chain)).to.deep.equal(new Set(['201']));
  });

  it('is a circle when its end refers to its beginning', async () => {
    const chain = Array.from({ length: LENGTH }, (_, n) => newGroup(`b${n}`, `bulkId:b${(n + 1) % LENGTH}`));
    expect(await codes(chain)).to.deep.equal(new Set(['201']));
  });

  it('fails from its end to its beginning', async () => {
    const chain = Array.from({ length: LENGTH }, (_, n) => newGroup(`c${n}`, `bulkId:c${n + 1}`));
    expect(await codes(chain)).to.deep.equal(new Set(['409']));
  });

  it('lets others have their turns, however soon its operations fail', async () => {
    // Each look at the clock finds that half a second has passed.
    const { now } = performance;
    let clock = 0;
    performance.now = () => (clock += 500);
    let turns = 0;
    let isOver = false;
    const others = (): void => {
      turns += 1;
      if (!isOver) setImmediate(others);
    };
    setImmediate(others);
    try {
      expect(await codes(Array.from({ length: 300 }, () => 'nothing'))).to.deep.equal(new Set(['400']));
      expect(await codes(Array.from({ length: 300 }, (_, n) => newGroup(`d${n}`, `bulkId:d${n + 1}`)))).to.have.length(
        1,
      );
    } finally {
      performance.now = now;
      isOver = true;
    }
    expect(turns).to.be.greaterThan(600);
  });
});
