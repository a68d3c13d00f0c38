import { expect } from 'chai';
import type { Call } from '../../../../connector/backend/backend.ts';
import { PostgresBackend } from '../../../../connector/backend/postgres/postgres-backend.ts';
import type { StoredChange, Trail } from '../../../../connector/backend/trail.ts';
import type { Change } from '../../../../connector/scim/change.ts';
import { call } from '../../../conformance/company.ts';
import { Group, User } from '../../../conformance/people.ts';
import { rejection } from '../../../support/rejection.ts';
import { twoConnectors } from '../two-connectors.ts';

const title = (value: string): Change => ({ op: 'set', path: { attribute: 'title' }, value });

/** What one operation tells, as it stands in the end. */
class Told implements Trail {
  changes: (StoredChange & { readonly seq: number })[] = [];
  statements: string[] = [];
  undoings = 0;

  enclose(change: StoredChange, seq: number): string {
    this.changes.push({ ...change, seq });
    return JSON.stringify(change);
  }

  undone(): void {
    this.undoings += 1;
    this.changes = [];
    this.statements = [];
  }

  intend(): never {
    throw new Error('no write of this store is intended');
  }

  sent(text: string): void {
    this.statements.push(text);
  }
}

describe('the outbox of a PostgreSQL database', () => {
  const two = twoConnectors();
  const recorded = (trail: Trail = new Told()): Call => ({ ...call, trail });
  const make = (userName: string, backend = two.a, trail: Trail = new Told()) =>
    backend.create(recorded(trail), User, { userName });
  const waiting = async (backend = two.a): Promise<readonly number[]> =>
    (await backend.outbox.waiting(1000)).map(({ seq }) => seq);
  const names = async (backend = two.a): Promise<readonly unknown[]> =>
    (await backend.outbox.waiting(1000)).map(({ text }) => (JSON.parse(text) as StoredChange).name);

  it('has each change as it was made, with its statements and without values', async () => {
    const [creating, changing, joining, leaving] = [new Told(), new Told(), new Told(), new Told()];
    const { id } = await two.a.create(recorded(creating), User, { userName: 'ann', title: 'Dr', password: 'canary-1' });
    const secret: Change = { op: 'set', path: { attribute: 'password' }, value: 'canary-2' };
    await two.a.modify(recorded(changing), User, id, [title('Prof'), secret]);
    const group = await two.a.create(recorded(joining), Group, { displayName: 'G', members: [{ value: id }] });
    await two.a.delete(recorded(leaving), User, id);
    const [was, is] = [
      { userName: 'ann', title: 'Dr' },
      { userName: 'ann', title: 'Prof' },
    ];
    const told = await two.a.outbox.waiting(9);
    const changes = told.map(({ text }) => JSON.parse(text) as StoredChange);
    // By the clock of the database, wherever that is known by then.
    const times = changes.flatMap(({ at }) => at ?? []);
    expect(times).to.have.length(2).and.to.deep.equal(times.toSorted());
    expect(changes.map(({ at: _, ...change }) => change)).to.deep.equal([
      { kind: 'create', type: 'User', id, name: 'ann', after: was, password: 'set' },
      { kind: 'modify', type: 'User', id, name: 'ann', before: was, after: is, password: 'set' },
      { kind: 'create', type: 'Group', id: group.id, name: 'G', after: { displayName: 'G' }, joined: [id] },
      { kind: 'delete', type: 'User', id, name: 'ann', before: is },
    ]);
    expect(creating.statements).to.deep.equal([
      `INSERT INTO resource (id, type, doc, …) VALUES ('${id}', 'User', …)`,
      'INSERT INTO password … (the hash is not shown)',
    ]);
    expect(joining.statements[1]).to.equal('INSERT INTO membership … (1 member)');
    expect(JSON.stringify(told)).not.to.contain('canary');
  });

  it('has nothing of what changed nothing or was refused, and the journal is told so', async () => {
    const { id } = await make('ann');
    const [refused, idle, gone] = [new Told(), new Told(), new Told()];
    expect(await rejection(make('ANN', two.a, refused))).to.include({ reason: 'uniqueness' });
    await two.a.modify(recorded(idle), User, id, [{ op: 'unset', path: { attribute: 'title' } }]);
    expect(await rejection(two.a.delete(recorded(gone), User, 'nobody'))).to.include({ reason: 'notFound' });
    for (const { changes, statements } of [refused, idle, gone]) expect([changes, statements]).to.deep.equal([[], []]);
    expect(await names()).to.deep.equal(['ann']);
  });

  it('has all of those that shared a statement with one that was refused, and with one that could not be told', async () => {
    await make('ann');
    const failing: Trail = Object.assign(new Told(), {
      enclose: () => {
        throw new Error('cannot be told');
      },
    });
    const results = await Promise.allSettled([make('bob'), make('Ann'), make('eve', two.a, failing), make('dan')]);
    expect(results.map(({ status }) => status)).to.deep.equal(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
    expect(await names()).to.deep.equal(['ann', 'bob', 'dan']);
  });

  it('is of one connector each, and no number is given twice', async () => {
    await Promise.all(['a', 'b', 'c'].flatMap((name) => [make(`${name}1`, two.a), make(`${name}2`, two.b)]));
    expect([...(await names(two.a))].toSorted()).to.deep.equal(['a1', 'b1', 'c1']);
    expect([...(await names(two.b))].toSorted()).to.deep.equal(['a2', 'b2', 'c2']);
    const numbers = [...(await waiting(two.a)), ...(await waiting(two.b))];
    expect(new Set(numbers).size).to.equal(6);
  });

  it('loses what was carried away with the next change, and what another committed late stays', async () => {
    const ann = await make('ann');
    const rival = await two.rival();
    await rival.run('SELECT FROM scim.resource FOR UPDATE');
    // Told after the next ones, and committed after them.
    const late = two.a.modify(recorded(), User, ann.id, [title('late')]);
    await rival.blocks(1);
    await make('bob');
    const [first = 0, second = 0] = await waiting();
    two.a.outbox.drop(first);
    await make('eve');
    expect(await names()).to.deep.equal(['bob', 'eve']);
    await rival.commit();
    await late;
    expect(await names()).to.deep.equal(['bob', 'eve', 'ann']);
    two.a.outbox.drop(second);
    await two.a.modify(call, User, ann.id, [title('unrecorded')]);
    expect(await names()).to.deep.equal(['eve', 'ann']);
  });

  it('loses it with a later change where the next one was undone', async () => {
    await make('ann');
    const [first = 0] = await waiting();
    two.a.outbox.drop(first);
    expect(await rejection(two.a.delete(call, User, 'nobody'))).to.include({ reason: 'notFound' });
    expect(await names()).to.deep.equal(['ann']);
    await make('bob');
    expect(await names()).to.deep.equal(['bob']);
  });

  it('tells anew what had to begin anew, once', async () => {
    const [ann, bob] = [await make('ann'), await make('bob')];
    const { id } = await two.a.create(call, Group, { displayName: 'G' });
    const rival = await two.rival();
    await rival.run("SET LOCAL deadlock_timeout = '1min'");
    await rival.run('SELECT FROM scim.resource WHERE id = $1 FOR UPDATE', [bob.id]);
    const told = new Told();
    const values = [{ value: ann.id }, { value: bob.id }];
    const adding = two.a.modify(recorded(told), Group, id, [{ op: 'add', path: { attribute: 'members' }, values }]);
    await rival.blocks(1);
    await rival.run('SELECT FROM scim.resource WHERE id = $1 FOR UPDATE', [ann.id]);
    await rival.commit();
    await adding;
    expect(told.undoings).to.be.greaterThan(1);
    expect(told.changes).to.have.length(1);
    expect(told.statements).to.have.length(2);
    expect(await names()).to.deep.equal(['ann', 'bob', 'G']);
  });

  it('loses it when the store is closed, and numbers rise from one process to the next', async () => {
    await make('ann');
    await make('bob');
    const [first = 0, second = 0] = await waiting();
    two.a.outbox.drop(first);
    await two.a.close();
    const next = new PostgresBackend(two.database.settings, { node: 'node-a' });
    await next.open();
    try {
      expect(await waiting(next)).to.deep.equal([second]);
      await make('eve', next);
      expect((await waiting(next))[1]).to.be.greaterThan(second);
      expect((await next.outbox.waiting(1, second)).length).to.equal(1);
    } finally {
      await next.close();
    }
  });
});
