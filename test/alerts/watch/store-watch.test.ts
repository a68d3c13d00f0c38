import { expect } from 'chai';
import { StoreWatch } from '../../../connector/alerts/watch/store-watch.ts';
import { ScimError } from '../../../connector/scim/error.ts';
import { logOfEvents } from './log-of-events.ts';

describe('watch over stores', () => {
  /** A store that answers as `answers` says, in turn; the last goes on. */
  const store = (app: string, answers: boolean[]) => ({
    app,
    asked: 0,
    async ping() {
      this.asked += 1;
      if (!(answers.length > 1 ? answers.shift() : answers[0]))
        throw new ScimError('unavailable', 'ldap1:636 refuses "uid=svc"');
    },
  });
  const HOUR = 3_600_000;
  const watching = (stores: readonly ReturnType<typeof store>[]) => {
    const { log, events, texts } = logOfEvents();
    return { watch: new StoreWatch({ log, stores: () => stores, doubt: HOUR }), events, texts };
  };

  it('tells once when one does not answer twice, without what a client sent, and once when it does again', async () => {
    const hr = store('hr', [true, false, false, false, true]);
    const it = store('it', [true]);
    const { watch, events, texts } = watching([hr, it]);
    await watch.look();
    await watch.look();
    expect(events).to.deep.equal([]);
    await watch.look();
    expect(events).to.deep.equal(['201 hr']);
    expect(watch.isDown('hr')).to.equal(true);
    expect(texts[0]).to.equal('the backend cannot be reached: ldap1:636 refuses "…"');
    await watch.look();
    await watch.look();
    expect(events).to.deep.equal(['201 hr', '202 hr']);
    watch.close();
  });

  it('asks at once when an operation could not reach it, and only once at a time', async () => {
    const hr = store('hr', [false]);
    const { watch } = watching([hr]);
    for (let i = 0; i < 100; i += 1) watch.suspect('hr');
    await new Promise((resolve) => setImmediate(resolve));
    expect(hr.asked).to.equal(1);
    watch.close();
  });

  it('asks again by itself after a failure, until it is closed', async () => {
    const hr = store('hr', [false, false, true]);
    const { log, events } = logOfEvents();
    const watch = new StoreWatch({ log, stores: () => [hr], doubt: 1 });
    await watch.look();
    while (events.length < 2) await new Promise((resolve) => setTimeout(resolve, 1));
    expect(events).to.deep.equal(['201 hr', '202 hr']);
    expect(hr.asked).to.equal(3);
    watch.close();
  });
});
