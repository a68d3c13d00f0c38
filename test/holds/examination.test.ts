import { expect } from 'chai';
import type { Call } from '../../connector/backend/backend.ts';
import { EXAMINER } from '../../connector/service/examination.ts';
import { call, heldApps, outcomeOf, patch, User } from './held-app.ts';

const RUNS = 5;
const PEOPLE = 3;

describe('an examination', () => {
  const suite = heldApps();
  const by = (userAgent: string): Call => ({ ...call, client: { address: '127.0.0.1', userAgent } });

  /** What one run of doctor does to the people that it has made. @returns what became of each write */
  async function run(caller: Call, prefix: string): Promise<readonly string[]> {
    const service = suite.apps.serve();
    const outcomes: string[] = [];
    for (let time = 0; time < RUNS; time += 1)
      for (const id of await suite.apps.people(PEOPLE, (n) => ({ userName: `${prefix}run${time}-${n}` }))) {
        outcomes.push(await outcomeOf(service.patch(caller, User, id, patch({ active: false }))));
        outcomes.push(await outcomeOf(service.delete(caller, User, id)));
      }
    return outcomes;
  }

  it('counts nothing of what it has made itself, however often it is run', async () => {
    expect(new Set(await run(by(EXAMINER), 'zz-doctor-'))).to.deep.equal(new Set(['done']));
    expect(suite.apps.tripped).to.deep.equal([]);
  });

  it('is held like anybody else for others', async () => {
    expect(await run(by(EXAMINER), 'zz-other-')).to.include('changes-held');
  });

  it('is not what somebody else does to such names', async () => {
    expect(await run(by('agent/3'), 'zz-doctor-')).to.include('changes-held');
  });
});
