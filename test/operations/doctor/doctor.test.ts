import { expect } from 'chai';
import { examine } from '../../../connector/operations/doctor/examine.ts';
import { STEPS } from '../../../connector/operations/doctor/steps.ts';
import { startServer, type TestServer } from '../../support/start-server.ts';

describe('doctor', () => {
  let server: TestServer;

  beforeEach(async () => {
    server = await startServer({ store: 'sqlite' });
  });

  afterEach(() => server.close());

  it('finds nothing wrong with a connector as it comes', async () => {
    const verdicts: string[] = [];
    const subject = { baseUrl: server.url, headers: {} };
    for await (const { step, verdict } of examine(subject, { signal: new AbortController().signal }))
      if (verdict.status === 'failed') verdicts.push(`${step.name}: ${verdict.text}`);
      else verdicts.push(step.name);
    expect(verdicts).to.deep.equal(STEPS.map(({ name }) => name));
  });
});
