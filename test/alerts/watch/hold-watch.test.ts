import { expect } from 'chai';
import { HoldWatch, type OpenHold } from '../../../connector/alerts/watch/hold-watch.ts';
import { logOfEvents } from './log-of-events.ts';

const HELD = { id: 1, app: 'hr', text: '51 people would be deactivated within 1d, limit 50' };

describe('watch over holds', () => {
  it('tells each once, however many look while a slow answer is on its way', async () => {
    const { log, events } = logOfEvents();
    const waiting: ((holds: readonly OpenHold[]) => void)[] = [];
    const watch = new HoldWatch({ log, holds: () => new Promise((resolve) => waiting.push(resolve)) });
    const answer = async (holds: readonly OpenHold[]): Promise<void> => {
      waiting.shift()?.(holds);
      await new Promise((resolve) => setImmediate(resolve));
    };
    const looks = [watch.look(), watch.look(), watch.look()];
    expect(waiting).to.have.length(1);
    await answer([]);
    expect(events).to.deep.equal([]);
    // Somebody asked after the first answer was on its way: it is asked once more, for all of them.
    expect(waiting).to.have.length(1);
    await answer([HELD]);
    await Promise.all(looks);
    expect(events).to.have.length(1);
    const again = watch.look();
    await answer([HELD]);
    await again;
    expect(events).to.have.length(1);
    const over = watch.look();
    await answer([]);
    await over;
    expect(events).to.have.length(2);
    expect(waiting).to.deep.equal([]);
  });
});
