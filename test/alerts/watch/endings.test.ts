import { expect } from 'chai';
import { DiskWatch } from '../../../connector/alerts/watch/disk-watch.ts';
import { type Ending, ExpiryWatch } from '../../../connector/alerts/watch/expiry-watch.ts';
import { logOfEvents } from './log-of-events.ts';

const DAY = 86_400_000;
const START = Date.parse('2026-11-28T02:00:00Z');

describe('watch over what ends', () => {
  let now = START;
  const make = (endings: () => readonly Ending[]) => {
    const { log, events, texts } = logOfEvents();
    now = START;
    const names = ['credentialEnds', 'credentialEnded', 'credentialGood'] as const;
    const watch = new ExpiryWatch({ log, events: names, margin: 14 * DAY, endings, now: () => now });
    return { watch, events, texts };
  };

  it('tells once before, once after the end, and once when it is replaced', () => {
    let endings: Ending[] = [{ name: 'okta', at: START + 20 * DAY }];
    const { watch, events, texts } = make(() => endings);
    for (let day = 0; day < 25; day += 1) {
      now = START + day * DAY;
      watch.look();
    }
    expect(events).to.deep.equal(['401', '403', '402']);
    expect(texts.filter((text) => text.includes('okta'))).to.deep.equal([
      'ends soon: okta (2026-12-18)',
      'has ended: okta (2026-12-18)',
    ]);
    endings = [];
    watch.look();
    watch.look();
    expect(events).to.deep.equal(['401', '403', '402', '403']);
  });

  it('says nothing of one that ended long ago, of one that has long to go, and of what cannot be read', () => {
    const { watch, events } = make(() => [
      { name: 'old', at: START - 15 * DAY },
      { name: 'new', at: START + 365 * DAY },
    ]);
    watch.look();
    expect(events).to.deep.equal([]);
    make(() => {
      throw new Error('unreadable');
    }).watch.look();
  });
});

describe('watch over the disk', () => {
  it('tells once when it is nearly full, and once when there is room well above', () => {
    const { log, events, texts } = logOfEvents();
    const left = [500, 99, 50, 101, 119, 121].map((mib) => mib * 1024 * 1024);
    const watch = new DiskWatch({ log, folder: '/state', least: 100 * 1024 * 1024, free: () => left.shift() ?? 0 });
    for (const _ of [1, 2, 3, 4, 5]) watch.look();
    expect(events).to.deep.equal(['511']);
    expect(texts).to.deep.equal(['the disk is nearly full: 99 MiB left at /state']);
    watch.look();
    expect(events).to.deep.equal(['511', '512']);
  });
});
