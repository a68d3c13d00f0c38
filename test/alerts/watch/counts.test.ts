import { expect } from 'chai';
import { CredentialWatch } from '../../../connector/alerts/watch/credential-watch.ts';
import { FailureWatch } from '../../../connector/alerts/watch/failure-watch.ts';
import { SlidingCount } from '../../../connector/alerts/watch/sliding-count.ts';
import { RequestCall } from '../../../connector/http/request/request-call.ts';
import { type Reason, ScimError } from '../../../connector/scim/error.ts';
import type { OperationEvent } from '../../../connector/service/observer.ts';
import { logOfEvents } from './log-of-events.ts';

const WINDOW = 300_000;

const eventOf = (reason?: Reason, { app = 'hr', address = '10.0.0.5', actor = '' } = {}): OperationEvent => {
  const call = new RequestCall('K7Q2-91XM', { address });
  call.actor = actor;
  return {
    ...{ call, app, operation: 'create', message: 'PUSH_NEW_USER', duration: 1, backendDuration: 1 },
    ...(reason === undefined ? { outcome: 'done' } : { outcome: 'refused', failure: new ScimError(reason, 'no') }),
  };
};

describe('a sliding count', () => {
  it('forgets what is older than its window', () => {
    const count = new SlidingCount(1000);
    for (let at = 0; at < 1000; at += 100) count.add(at);
    expect([count.count(999), count.count(1499), count.count(1999), count.count(99_999)]).to.deep.equal([10, 5, 0, 0]);
  });
});

describe('watch over failures', () => {
  let now = 0;
  const make = () => {
    const { log, events, texts } = logOfEvents();
    const unavailable: string[] = [];
    now = 1_000_000;
    const options = { log, window: WINDOW, failures: 5, failurePercent: 50, now: () => now };
    const watch = new FailureWatch({ ...options, onUnavailable: (app) => void unavailable.push(app) });
    const see = (times: number, reason?: Reason) => {
      for (let i = 0; i < times; i += 1) watch.observe(eventOf(reason));
    };
    return { watch, events, texts, unavailable, see };
  };

  it('tells of many once, with the reason most of them have, and of their end', () => {
    const { watch, events, texts, see } = make();
    see(1, 'uniqueness');
    see(3, 'invalidValue');
    expect(events).to.deep.equal([]);
    see(3, 'invalidValue');
    expect(events).to.deep.equal(['203 hr']);
    expect(texts[0]).to.equal('5 of 5 operations fail, mostly: invalidValue');
    see(50);
    watch.look();
    expect(events).to.deep.equal(['203 hr', '204 hr']);
  });

  it('says nothing of a few among many', () => {
    const { events, see } = make();
    see(40);
    see(20, 'invalidValue');
    expect(events).to.deep.equal([]);
  });

  it('ends when nothing comes any more', () => {
    const { watch, events, see } = make();
    see(5, 'invalidValue');
    now += WINDOW + 30_000;
    watch.look();
    expect(events).to.deep.equal(['203 hr', '204 hr']);
  });

  it('counts neither look-ups that find nobody nor refused credentials', () => {
    const { events, see } = make();
    for (const reason of ['notFound', 'unauthorized', 'throttled'] as const) see(50, reason);
    expect(events).to.deep.equal([]);
  });

  it('passes on which store could not be reached', () => {
    const { unavailable, see } = make();
    see(2, 'unavailable');
    expect(unavailable).to.deep.equal(['hr', 'hr']);
  });
});

describe('watch over credentials', () => {
  let now = 0;
  const make = () => {
    const { log, events } = logOfEvents();
    now = 1_000_000;
    const watch = new CredentialWatch({ log, window: WINDOW, refusals: 3, now: () => now });
    const see = (event: OperationEvent, times = 1) => {
      for (let i = 0; i < times; i += 1) watch.observe(event);
    };
    return { watch, events, see };
  };

  it('tells of an address that is refused again and again, once', () => {
    const { events, see } = make();
    see(eventOf('unauthorized'), 2);
    see(eventOf('unauthorized', { address: '10.0.0.6' }), 2);
    expect(events).to.deep.equal([]);
    see(eventOf('throttled'), 20);
    expect(events).to.deep.equal(['404 hr 10.0.0.5']);
  });

  it('is over when a credential from there is accepted, or none come any more', () => {
    const { watch, events, see } = make();
    see(eventOf('unauthorized'), 3);
    see(eventOf(undefined, { actor: 'okta' }));
    see(eventOf('unauthorized', { address: '10.0.0.6' }), 3);
    now += WINDOW + 30_000;
    watch.look();
    expect(events).to.deep.equal(['404 hr 10.0.0.5', '405 hr 10.0.0.5', '404 hr 10.0.0.6', '405 hr 10.0.0.6']);
  });

  it('is not misled by a 429 of somebody who was let in', () => {
    const { events, see } = make();
    see(eventOf('throttled', { actor: 'okta' }), 20);
    expect(events).to.deep.equal([]);
  });
});
