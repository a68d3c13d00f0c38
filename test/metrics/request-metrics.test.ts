import { once } from 'node:events';
import { connect } from 'node:net';
import { expect } from 'chai';
import { Metrics } from '../../connector/metrics/metrics.ts';
import { startInProcess } from '../support/in-process-server.ts';
import { recordingLines } from '../support/recording-log.ts';
import type { TestServer } from '../support/start-server.ts';
import { samplesOf } from './samples.ts';

const TOKEN = 'a-token-of-some-length';
const AS_OKTA = { Authorization: `Bearer ${TOKEN}` };
const MANY = 10_000;

const newMetrics = (): Metrics =>
  new Metrics({
    listen: { host: '127.0.0.1', port: 0 },
    version: '1.2.3',
    apps: ['default'],
    passingStatus: 429,
    descriptorLimit: 1024,
    log: recordingLines(),
  });

describe('metrics of requests', () => {
  let metrics: Metrics;
  let server: TestServer;
  beforeEach(async () => {
    metrics = newMetrics();
    server = await startInProcess({ token: TOKEN, observer: metrics, policy: { createAgain: 'conflict' } });
  });
  afterEach(() => server.close());

  const samples = async () => samplesOf(await metrics.render());
  const person = (userName: string) => ({ schemas: ['urn:scim:schemas:core:1.0'], userName });

  it('count each by the message of Okta and how it ended', async () => {
    const { body } = await server.request('POST', '/Users', person('bjensen'), AS_OKTA);
    await server.request('POST', '/Users', person('bjensen'), AS_OKTA);
    await server.request('GET', `/Users/${body.id}`, undefined, AS_OKTA);
    await server.request('GET', '/Users', undefined, AS_OKTA);
    await server.request('GET', '/Users', undefined, { Authorization: 'Bearer wrong' });
    const read = await samples();
    const count = (app: string, message: string, outcome: string) =>
      read.get(`scim_connector_requests_total{app="${app}",message="${message}",outcome="${outcome}"}`);
    expect(count('default', 'createNewUser', 'done')).to.equal(1);
    expect(count('default', 'createNewUser', 'refused')).to.equal(1);
    expect(count('default', 'importUserProfile', 'done')).to.equal(1);
    expect(count('default', 'downloadUsers', 'done')).to.equal(1);
    expect(count('default', 'request', 'refused')).to.equal(1);
    const refused = (reason: string, status: number) =>
      read.get(`scim_connector_refusals_total{app="default",reason="${reason}",status="${status}"}`);
    expect(refused('uniqueness', 409)).to.equal(1);
    expect(refused('unauthorized', 401)).to.equal(1);
  });

  it('count those with a credential by the version of SCIM', async () => {
    const v2 = server.speaking('2.0');
    await server.request('GET', '/Users', undefined, AS_OKTA);
    await server.request('GET', '/Users', undefined, AS_OKTA);
    await v2.request('GET', '/Users', undefined, AS_OKTA);
    await v2.request('GET', '/ServiceProviderConfig');
    const read = await samples();
    const count = (version: string) =>
      read.get(`scim_connector_scim_version_requests_total{app="default",version="${version}"}`);
    expect([count('1.1'), count('2.0')]).to.deep.equal([2, 1]);
  });

  it('tell how long they took in all, and in the store', async () => {
    await server.request('GET', '/Users', undefined, AS_OKTA);
    await server.request('GET', '/ServiceProviderConfigs', undefined, AS_OKTA);
    const read = await samples();
    const labels = '{app="default",message="downloadUsers"}';
    const whole = read.get(`scim_connector_request_duration_seconds_sum${labels}`) ?? 0;
    const store = read.get(`scim_connector_backend_duration_seconds_sum${labels}`) ?? 0;
    expect(store).to.be.greaterThan(0).and.at.most(whole);
    expect(read.get(`scim_connector_request_duration_seconds_count${labels}`)).to.equal(1);
    const bucket = (le: string) =>
      read.get(`scim_connector_request_duration_seconds_bucket{le="${le}",app="default",message="downloadUsers"}`);
    expect([bucket('25'), bucket('+Inf')]).to.deep.equal([1, 1]);
    // What never asks the store is no sample of it.
    expect([...read.keys()].filter((key) => /^scim_connector_backend_duration.*Capabilities/.test(key))).to.be.empty;
  });

  it('tell when somebody with a valid credential came last, and of nobody else', async () => {
    const contact = async () => (await samples()).get('scim_connector_last_contact_timestamp_seconds{app="default"}');
    await server.request('GET', '/Users', undefined, { Authorization: 'Bearer wrong' });
    expect(await contact()).to.equal(0);
    const before = Date.now() / 1000;
    await server.request('GET', '/Users/nobody', undefined, AS_OKTA);
    expect(await contact())
      .to.be.at.least(before)
      .and.at.most(Date.now() / 1000);
  });

  it(`are no more after ${MANY} made-up paths, ids, names, programs and tokens than after one of each`, async () => {
    const { hostname, port, pathname } = new URL(server.url);
    /** One after the other on one connection, each with words of its own. */
    const ask = async (requests: readonly string[]): Promise<void> => {
      const socket = connect(Number(port), hostname);
      socket.end(requests.join(''));
      socket.resume();
      await once(socket, 'close');
    };
    const madeUp = (i: number): string => {
      const word = `made-up-${i}`;
      const lines = (path: string, more: string): string =>
        `GET ${path} HTTP/1.1\r\nHost: ${word}.example\r\nUser-Agent: ${word}\r\nAccept: application/json\r\n${more}\r\n`;
      const asOkta = `Authorization: Bearer ${TOKEN}\r\n`;
      return [
        () => lines(`/${word}/scim/v1/Users`, ''),
        () => lines(`${pathname}/${word}`, asOkta),
        () => lines(`${pathname}/Users/${word}`, asOkta),
        () => lines(`${pathname}/Users?filter=userName%20eq%20%22${word}%22`, asOkta),
        () => lines(`${pathname}/Users`, `Authorization: Bearer ${word}\r\n`),
      ][i % 5]?.() as string;
    };
    const names = async () => [...(await samples()).keys()].filter((key) => key.startsWith('scim_')).sort();
    await ask(Array.from({ length: 5 }, (_, i) => madeUp(i)));
    const before = await names();
    for (let i = 0; i < MANY; i += 500) await ask(Array.from({ length: 500 }, (_, j) => madeUp(i + j)));
    const after = await names();
    const total = [...(await samples())].reduce(
      (sum, [key, value]) => (key.startsWith('scim_connector_requests_total') ? sum + value : sum),
      0,
    );
    expect(total).to.equal(MANY + 5);
    // Guesses without end are met with 429: the one name that came with them.
    const more = after.filter((key) => !before.includes(key) && !key.includes('reason="throttled"'));
    expect(more).to.deep.equal([]);
    expect(after.join()).not.to.contain('made-up');
  });
});
