import { expect } from 'chai';
import { guardedService } from '../../connector/service/assemble-service.ts';
import { defaultPolicy } from '../../connector/service/policy.ts';
import type { Service } from '../../connector/service/service.ts';
import { call } from '../conformance/company.ts';
import { MemoryBackend } from '../conformance/memory/memory-backend.ts';
import { User } from '../conformance/people.ts';
import { refusal } from '../conformance/refusal.ts';
import { list, Operations } from './operations.ts';

const user = new Operations(User);

/** As many as are kept. */
const MANY = 1000;

async function somebody(): Promise<{ service: Service; id: string }> {
  const backend = new MemoryBackend();
  await backend.open();
  const service = guardedService(backend, defaultPolicy);
  const emails = Array.from({ length: MANY }, (_, i) => ({ value: `m${i}@x.org`, type: `t${i}` }));
  const draft = { attributes: { userName: 'u', name: { familyName: 'f' }, emails }, ignored: [], cleared: [] };
  const { resource } = await service.create(call, User, draft);
  return { service, id: resource.id };
}

/** How often others could have had the event loop meanwhile. */
async function turnsBeside(work: Promise<unknown>): Promise<number> {
  let turns = 0;
  let isOver = false;
  void work.then(() => {
    isOver = true;
  });
  while (!isOver) {
    await new Promise(setImmediate);
    turns += 1;
  }
  return turns;
}

describe('The effort of a PATCH', () => {
  it('leaves the event loop to others between operations', async () => {
    const { service, id } = await somebody();
    const operations = Array.from({ length: MANY }, (_, i) =>
      user.replace('emails.display', `d${i}`, `emails.value eq "m${i}@x.org"`),
    );
    const patch = service.patch(call, User, id, list(operations));
    expect(await turnsBeside(patch)).to.be.above(5);
    const { resource } = await patch;
    const emails = resource.attributes['emails'] as readonly { display?: string }[];
    expect(emails.map(({ display }) => display)).to.deep.equal(Array.from({ length: MANY }, (_, i) => `d${i}`));
  });

  it('is refused where it is more than values that are compared two million times, and nothing is done', async () => {
    const { service, id } = await somebody();
    const before = await service.get(call, User, id);
    const filter = Array.from({ length: 190 }, (_, i) => `emails.type eq "z${i}"`).join(' or ');
    const few = list([user.remove('emails.display', filter)]);
    await service.patch(call, User, id, few);
    const many = list(
      [user.replace('title', 'half'), ...Array.from({ length: 11 }, () => few.operations[0])].flatMap((o) => o ?? []),
    );
    const refused = await refusal(service.patch(call, User, id, many), 'tooLarge');
    expect(refused.message).to.match(/more than 2000000 values; send fewer at once, or shorter filters/);
    expect(await service.get(call, User, id)).to.deep.equal(before);
  });
});
