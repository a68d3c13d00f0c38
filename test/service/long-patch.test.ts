import { expect } from 'chai';
import type { SqliteBackend } from '../../connector/backend/sqlite/sqlite-backend.ts';
import type { Resource } from '../../connector/scim/resource.ts';
import { resourceTypes } from '../../connector/scim/schema/resource-type.ts';
import { guardedService } from '../../connector/service/assemble-service.ts';
import { defaultPolicy } from '../../connector/service/policy.ts';
import type { Service } from '../../connector/service/service.ts';
import { opened } from '../backend/sqlite/opened.ts';
import { temporaryFile } from '../backend/sqlite/temporary-file.ts';
import { call } from '../conformance/company.ts';
import { refusal } from '../conformance/refusal.ts';
import { list, Operations, operated } from './operations.ts';

const COUNT = 200;
const { User } = resourceTypes({ app: 'app', users: [{ name: 'tags', type: 'list' }], groups: [] });
const user = new Operations(User);
const CUSTOM = 'urn:okta:app:1.0:user:custom';
const numbers = Array.from({ length: COUNT }, (_, n) => n);
const operations = numbers.map((n) => user.replace('emails.type', 'x', `emails.value eq "${n}@a.org"`));

/** While `work` runs each look at the clock finds that half a second has passed: whoever can stop does. */
async function slowly<T>(work: () => Promise<T>): Promise<T> {
  const { now } = performance;
  let clock = now.call(performance);
  performance.now = () => (clock += 500);
  try {
    return await work();
  } finally {
    performance.now = now;
  }
}

describe('a PATCH of many operations on many values', () => {
  let backend: SqliteBackend;
  let service: Service;
  let person: Resource;
  before(async () => {
    backend = await opened(temporaryFile());
    service = guardedService(backend, defaultPolicy);
    const emails = numbers.map((n) => ({ value: `${n}@a.org` }));
    person = await backend.create(call, User, { userName: 'u', emails });
  });
  after(() => backend.close());

  it('is given up when nobody waits for it, and nothing is changed', async () => {
    const leaving = new AbortController();
    const given = slowly(async () => {
      const one = service.patch({ ...call, signal: leaving.signal }, User, person.id, list(operations));
      setImmediate(() => leaving.abort());
      return refusal(one, 'unavailable');
    });
    expect((await given).message).to.contain('given up');
    expect(await backend.get(call, User, person.id)).to.deep.equal(person);
  });

  it('lets others have their turn between any two of them', async () => {
    let turns = 0;
    let isDone = false;
    const count = (): void => {
      turns += 1;
      if (!isDone) setImmediate(count);
    };
    setImmediate(count);
    await slowly(() => service.patch(call, User, person.id, list(operations)));
    isDone = true;
    expect(turns).to.be.at.least(COUNT);
  });

  // Looking at all values for each of them would take minutes, far beyond the runner's limit.
  it('finds plain values without looking at all the others', () => {
    const tags = Array.from({ length: 20_000 }, (_, n) => `t${n}`);
    const each = tags.flatMap((tag) => [
      user.add(`${CUSTOM}:tags`, [`${tag} more`, tag]),
      user.removeValues(`${CUSTOM}:tags`, [tag]),
    ]);
    const result = operated(User, { userName: 'u', [CUSTOM]: { tags } }, list(each));
    expect(result[CUSTOM]).to.deep.equal({ tags: tags.map((tag) => `${tag} more`) });
  });
});
