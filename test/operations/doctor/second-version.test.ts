import { expect } from 'chai';
import { admit } from '../../../connector/operations/doctor/admitted.ts';
import { examine } from '../../../connector/operations/doctor/examine.ts';
import type { Verdict } from '../../../connector/operations/doctor/step.ts';
import { secondVersion } from '../../../connector/operations/doctor/steps/second-version.ts';
import { STEPS } from '../../../connector/operations/doctor/steps.ts';
import type { Known } from '../../../connector/simulator/payload.ts';
import { isPackaged } from '../../support/cli.ts';
import { startServer, type TestServer } from '../../support/start-server.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { configuration } from '../configuration.ts';

describe('doctor, in SCIM 2.0', () => {
  if (isPackaged) return;
  const folder = temporaryFolder();
  let server: TestServer;

  beforeEach(async () => {
    server = await startServer({ store: 'sqlite' });
    const { body } = await server.request('POST', '/Users', { userName: 'ann' });
    await server.request('POST', '/Groups', { displayName: 'g', members: [{ value: body.id }] });
  });
  afterEach(() => server.close());

  it('finds nothing wrong at a base URL with /v2', async () => {
    const told: Record<string, string> = {};
    const subject = { baseUrl: `${server.speaking('2.0').url}/`, headers: {} };
    for await (const { step, verdict } of examine(subject, { signal: new AbortController().signal })) {
      if (verdict.status === 'failed' || verdict.status === 'warning') told[step.name] = verdict.text;
      if (step.name === 'getImplementedUserManagementCapabilities')
        expect(verdict.text).to.equal('SCIM 2.0; Okta will offer 11 of 11 functions');
    }
    // Plain HTTP.
    expect(Object.keys(told), JSON.stringify(told)).to.deep.equal(['tlsHandshake']);
    expect(STEPS).to.include(secondVersion);
  });

  /** What is found at the other base URL of ours, of whom the first one has shown. */
  async function second(users: readonly Known[], ...lines: readonly string[]): Promise<Verdict> {
    const { config } = await configuration(folder.path, '[apps.default]', ...lines);
    const [app] = config.apps;
    if (!app) throw new Error('there is one');
    const reached = {
      baseUrl: server.url,
      oktaUrl: 'https://okta/scim/v1',
      headers: {},
      trust: {},
      own: { config, app },
    };
    const { patient, release } = admit(reached, 5000);
    patient.learnt.users = users;
    const verdict = await secondVersion.run(patient);
    expect(patient.learnt.capabilities).to.equal(undefined);
    await release();
    return verdict;
  }

  it('asks ours at both base URLs, for the same people', async () => {
    const { body } = await server.request('GET', '/Users');
    expect(await second(body.Resources)).to.deep.equal({
      status: 'ok',
      text: 'the same people and ids at https://okta/scim/v2/; 11 functions for Okta',
    });
    expect(await second(body.Resources, 'versions = ["1.1"]')).to.include({ status: 'skipped' });
  });

  it('is red where the other version has another person', async () => {
    const verdict = await second([{ id: 'ghost', userName: 'ann' }]);
    expect(verdict).to.include({ status: 'failed' });
    expect(verdict.text).to.match(/^Import Now: users: ghost is not on the first page/);
  });
});
