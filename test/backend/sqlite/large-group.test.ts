import { expect } from 'chai';
import type { SqliteBackend } from '../../../connector/backend/sqlite/sqlite-backend.ts';
import type { Resource } from '../../../connector/scim/resource.ts';
import { call, everyone } from '../../conformance/company.ts';
import { Group, User } from '../../conformance/people.ts';
import { refusal } from '../../conformance/refusal.ts';
import { opened } from './opened.ts';
import { temporaryFile } from './temporary-file.ts';

const COUNT = 4500;

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

const idsIn = ({ attributes }: Resource): string[] =>
  (attributes['members'] as { value: string }[]).map(({ value }) => value);

describe('a group too large to be read in one turn', () => {
  let backend: SqliteBackend;
  let ids: string[] = [];
  let group: Resource;
  before(async () => {
    backend = await opened(temporaryFile());
    const made = Array.from({ length: COUNT }, (_, n) => backend.create(call, User, { userName: `u${n}` }));
    ids = (await Promise.all(made)).map(({ id }) => id);
  });
  beforeEach(async () => {
    group = await backend.create(call, Group, { displayName: 'g', members: ids.map((value) => ({ value })) });
  });
  afterEach(() => backend.delete(call, Group, group.id).catch(() => undefined));
  after(() => backend.close());

  const leaves = (id: string | undefined) =>
    backend.modify(call, Group, group.id, [
      { op: 'remove', path: { attribute: 'members' }, values: [{ value: id ?? '' }] },
    ]);
  const listed = async (): Promise<readonly Resource[]> => (await backend.list(call, Group, everyone)).resources;

  it('is read whole, in the order of its members, with turns for others', async () => {
    let turns = 0;
    const others = setInterval(() => {
      turns += 1;
    });
    const read = await slowly(() => backend.get(call, Group, group.id));
    clearInterval(others);
    expect(idsIn(read)).to.deep.equal(ids);
    expect(turns).to.be.greaterThan(0);
    expect((await slowly(listed)).map(idsIn)).to.deep.equal([ids]);
  });

  it('is of one moment, however it is changed meanwhile', async () => {
    const read = async (): Promise<Resource> => await backend.get(call, Group, group.id);
    for (const [index, reading] of [read, async () => (await listed())[0] as Resource].entries()) {
      // The first of all is read already when it leaves.
      const [seen, changed] = await slowly(() => Promise.all([reading(), leaves(ids[index])]));
      expect(idsIn(seen)).to.deep.equal(ids.slice(index + 1));
      expect(seen.meta.version).to.equal((await backend.get(call, Group, group.id)).meta.version);
      expect(changed).to.not.equal(undefined);
    }
  });

  it('is nothing when it is deleted meanwhile', async () => {
    const removed = (): Promise<void> => backend.delete(call, Group, group.id);
    await slowly(() => Promise.all([refusal(backend.get(call, Group, group.id), 'notFound'), removed()]));
    expect(await listed()).to.deep.equal([]);
  });

  it('is given up when its reader has left', async () => {
    const leaving = new AbortController();
    const reading = slowly(async () => {
      const one = backend.get({ ...call, signal: leaving.signal }, Group, group.id);
      leaving.abort();
      return refusal(one, 'unavailable');
    });
    expect((await reading).message).to.contain('given up');
  });
});
