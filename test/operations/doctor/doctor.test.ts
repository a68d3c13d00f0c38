import { expect } from 'chai';
import { runSteps } from '../../../connector/operations/doctor/run-steps.ts';
import { STEPS } from '../../../connector/operations/doctor/steps.ts';
import { OktaAgent } from '../../../connector/simulator/agent.ts';
import { startServer, type TestServer } from '../../support/start-server.ts';

describe('doctor', () => {
  let server: TestServer;

  beforeEach(async () => {
    server = await startServer({ store: 'sqlite' });
  });

  afterEach(() => server.close());

  it('finds nothing wrong with a connector as it comes', async () => {
    const agent = new OktaAgent({ baseUrl: server.url });
    const patient = { baseUrl: server.url, headers: {}, agent, flag: '', learnt: {} };
    const verdicts: string[] = [];
    for await (const { step, verdict } of runSteps(STEPS, patient, new AbortController().signal))
      verdicts.push(`${step.name} ${verdict.status}`);
    agent.close();
    expect(verdicts).to.deep.equal(STEPS.map(({ name }) => `${name} ok`));
  });
});
