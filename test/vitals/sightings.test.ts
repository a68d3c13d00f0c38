import { expect } from 'chai';
import { ScimError } from '../../connector/scim/error.ts';
import { EXAMINER } from '../../connector/service/examination.ts';
import type { OperationEvent } from '../../connector/service/observer.ts';
import { Sightings } from '../../connector/vitals/sightings.ts';

const event = (more: Partial<OperationEvent> = {}, userAgent = 'agent/3'): OperationEvent => ({
  call: {
    requestId: 'r1',
    actor: 'okta',
    signal: new AbortController().signal,
    client: { address: '10.0.0.5', userAgent },
  },
  app: 'default',
  operation: 'list',
  message: 'downloadUsers',
  outcome: 'done',
  duration: 3.4,
  backendDuration: 0,
  ...more,
});

describe('sightings', () => {
  let clock: number;
  let sightings: Sightings;

  beforeEach(() => {
    clock = 0;
    sightings = new Sightings(() => clock);
  });

  it('are kept while somebody asks, and those after the last one are told', () => {
    sightings.observe(event());
    const { last, life } = sightings.since();
    expect(last).to.equal(0);
    sightings.observe(event());
    sightings.handshake({ address: '10.0.0.6', text: 'no trust', fault: 'agent-distrusts-certificate' });
    const told = sightings.since(last);
    expect(told.sightings.map(({ number, address, outcome }) => [number, address, outcome])).to.deep.equal([
      [1, '10.0.0.5', 'done'],
      [2, '10.0.0.6', 'refused'],
    ]);
    expect(told.life).to.equal(life);
    expect(sightings.since(told.last).sightings).to.deep.equal([]);
    expect(sightings.since(1).sightings, 'for a second one who watches').to.have.length(1);
  });

  it('are forgotten when nobody has asked for half a minute', () => {
    sightings.since();
    sightings.observe(event());
    clock = 30_001;
    sightings.observe(event());
    expect(sightings.since(0).sightings).to.deep.equal([]);
    sightings.observe(event());
    expect(sightings.since(0).sightings).to.have.length(1);
  });

  it('are no more than 500', () => {
    sightings.since();
    for (let time = 0; time < 600; time += 1) sightings.observe(event());
    const { sightings: kept, last } = sightings.since(0);
    expect([kept.length, kept[0]?.number, last]).to.deep.equal([500, 101, 600]);
  });

  it('say what the client was told, and which page was the last', () => {
    sightings.since();
    const failure = new ScimError('notFound', 'there is nothing at this path', { fault: 'path-unknown' });
    sightings.observe(event({ outcome: 'refused', failure, app: '', message: 'request' }));
    sightings.observe(event({ page: { offset: 0, limit: 200, returned: 200 }, total: 250 }));
    sightings.observe(event({ page: { offset: 200, limit: 200, returned: 50 }, total: 250 }));
    const [refused, first, second] = sightings.since(0).sightings;
    expect(refused).to.include({ text: 'there is nothing at this path', fault: 'path-unknown', ref: 'r1', app: '' });
    expect([first?.isComplete, second?.isComplete]).to.deep.equal([undefined, true]);
  });

  it('are not those of doctor, nor of calls of our own', () => {
    sightings.since();
    sightings.observe(event({}, EXAMINER));
    const { client: _, ...call } = event().call;
    sightings.observe(event({ call }));
    expect(sightings.since(0).sightings).to.deep.equal([]);
  });
});
