import { rmSync, statSync, writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { expect } from 'chai';
import { ScimError } from '../../connector/scim/error.ts';
import { call, deactivate, heldApps, outcomeOf, patch, User } from './held-app.ts';

describe('holds.db', () => {
  const suite = heldApps();

  it('is for its owner alone', async function () {
    if (process.platform === 'win32') this.skip();
    const { apps } = suite;
    const [id = ''] = await apps.people(1);
    await deactivate(apps.serve(), id);
    expect(statSync(apps.place.file).mode & 0o777).to.equal(0o600);
  });

  it('damaged stops dangerous changes with what helps, and neither others nor reads', async () => {
    const { apps } = suite;
    const [id = ''] = await apps.people(1);
    writeFileSync(apps.place.file, 'no database at all, and long enough to be taken for one'.repeat(40));
    const service = apps.serve();
    const refusal = await deactivate(service, id).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(refusal).to.be.instanceOf(ScimError);
    expect(refusal).to.include({ reason: 'unavailable', fault: 'holds-not-counted', retryAfter: 120 });
    expect((refusal as Error).message).to.equal(
      'holds.db: it is no database; move it away: what was counted and held begins anew',
    );
    expect(await outcomeOf(service.patch(call, User, id, patch({ title: 'Lead' })))).to.equal('done');
    expect((await service.get(call, User, id)).attributes['active']).to.equal(true);
  });

  it('locked by another program stops dangerous changes and nobody else', async () => {
    const { apps } = suite;
    const [id = ''] = await apps.people(1);
    const service = apps.serve();
    await deactivate(service, id);
    await service.patch(call, User, id, patch({ active: true }));
    const other = new Database(apps.place.file);
    try {
      other.exec('BEGIN IMMEDIATE');
      const order: string[] = [];
      const dangerous = outcomeOf(deactivate(service, id)).then((outcome) => order.push(outcome));
      order.push(await outcomeOf(service.patch(call, User, (await apps.people(1))[0] ?? '', patch({ title: 'Lead' }))));
      await dangerous;
      expect(order).to.deep.equal(['done', 'holds-not-counted']);
      other.exec('ROLLBACK');
      expect(await outcomeOf(deactivate(service, id))).to.equal('done');
    } finally {
      other.close();
    }
  });

  it('moved away is begun anew', async () => {
    const { apps } = suite;
    const ids = await apps.people(20);
    const limits = { deactivations: { count: 1, percent: 1 } };
    for (const id of ids.slice(0, 2)) await outcomeOf(deactivate(apps.serve(limits), id));
    expect(apps.tripped).to.have.length(1);
    for (const side of ['', '-wal', '-shm']) rmSync(`${apps.place.file}${side}`, { force: true });
    expect(await outcomeOf(deactivate(apps.serve(limits), ids[2] ?? ''))).to.equal('done');
  });
});
