import { expect } from 'chai';
import { User } from '../conformance/people.ts';
import { draftOf, Journalled, newCall } from './journalled.ts';

const deaf = { observe: () => undefined };

describe('records that wait beside their changes', () => {
  let kept: Journalled;
  beforeEach(() => {
    kept = new Journalled();
  });
  afterEach(async () => {
    await kept.stop();
    kept.remove();
  });

  const make = (userName: string) => kept.service.create(newCall(), User, () => draftOf({ userName }));

  it('are carried at the next start when the process ended before anybody was told', async () => {
    await kept.start(deaf);
    const { id } = await make('ann');
    expect(kept.records()).to.deep.equal([]);
    await kept.stop();
    await kept.start();
    const [record] = kept.records();
    expect(record).to.include({ outcome: 'done', intent: 'create', name: 'ann', app: 'hr', actor: 'okta', id });
    expect(record?.changes).to.deep.include({ path: 'userName', after: 'ann' });
  });

  it('are carried once, however often the process ends between the journal and their going', async () => {
    await kept.start();
    await make('ann');
    expect(kept.names()).to.deep.equal(['ann']);
    const [told] = kept.records();
    for (let kill = 0; kill < 3; kill += 1) {
      // Without the disk nothing is dropped: what a kill leaves.
      kept.journal.flush();
      await kept.backend.close();
      kept.journal.close();
      await kept.start();
      expect(await kept.waiting()).to.equal(1);
      expect(kept.records()).to.deep.equal([told]);
    }
  });

  it('go with the next change once the journal survives a power cut', async () => {
    await kept.start();
    await make('ann');
    kept.journal.flush();
    expect(await kept.waiting()).to.equal(1);
    await kept.journal.rest();
    await make('bob');
    expect(await kept.waiting()).to.equal(1);
    await kept.journal.rest();
    await kept.backend.close();
    await kept.start();
    expect(await kept.waiting()).to.equal(0);
    expect(kept.names()).to.deep.equal(['ann', 'bob']);
  });

  it('say that a change was made, also where the journal says that it was refused', async () => {
    await kept.start({
      observe: (event) => kept.journal.observe({ ...event, outcome: 'refused', failure: new Error('who knows') }),
    });
    await make('ann');
    expect(kept.records().map(({ outcome }) => outcome)).to.deep.equal(['refused']);
    await kept.backend.close();
    kept.journal.close();
    await kept.start();
    expect(kept.records().map(({ outcome }) => outcome)).to.deep.equal(['done']);
  });

  it('are two where two operations have one reference', async () => {
    await kept.start();
    const whole = newCall();
    const part = () => newCall({ requestId: whole.requestId, whole });
    await Promise.all(['ann', 'bob'].map((userName) => kept.service.create(part(), User, () => draftOf({ userName }))));
    await kept.service.create(newCall({ requestId: whole.requestId }), User, () => draftOf({ userName: 'eve' }));
    expect(kept.records().map(({ name, part: n }) => [name, n])).to.deep.equal([
      ['ann', 0],
      ['bob', 1],
      ['eve', undefined],
    ]);
  });

  it('are those that changed something: what was refused leaves none behind', async () => {
    await kept.start();
    await make('ann');
    await kept.service
      .create(newCall(), User, () => draftOf({ userName: 'ann', title: 'other' }))
      .then(
        () => expect.fail('not refused'),
        () => undefined,
      );
    await kept.journal.rest();
    await make('bob');
    expect(await kept.waiting()).to.equal(1);
    expect(kept.records().map(({ outcome }) => outcome)).to.deep.equal(['done', 'refused', 'done']);
  });
});
