import { expect } from 'chai';
import { PostgresReader } from '../../../connector/backend/postgres/postgres-reader.ts';
import { call, everyone } from '../../conformance/company.ts';
import { User } from '../../conformance/people.ts';
import { freshDatabase } from '../../support/postgres/fresh-database.ts';
import { rejection } from '../../support/rejection.ts';
import { twoConnectors } from './two-connectors.ts';

describe('a reader of a PostgreSQL database', () => {
  const two = twoConnectors();

  it('sees what a connector has written, and writes nothing', async () => {
    const made = await two.a.create(call, User, { userName: 'ann' });
    const reader = new PostgresReader(two.database.settings);
    await reader.open();
    try {
      await reader.ping();
      expect(await reader.get(call, User, made.id)).to.deep.equal(made);
      expect((await reader.list(call, User, everyone)).resources).to.deep.equal([made]);
      for (const write of [reader.create, reader.modify, reader.delete, reader.wouldChange])
        expect(await rejection(write())).to.include({ reason: 'notImplemented' });
    } finally {
      await reader.close();
    }
    expect(await rejection(reader.ping())).to.include({ reason: 'unavailable' });
  });

  it('makes no tables where there are none, and says what does', async () => {
    const fresh = await freshDatabase();
    try {
      const reader = new PostgresReader({ ...fresh.settings, schema: 'scim', passwords: 'hash' });
      const refused = await rejection(reader.open());
      expect(refused).to.include({ reason: 'unavailable', fault: 'database-missing' });
      expect(refused.message).to.contain('the schema scim holds no people yet; start the connector once');
      expect(await fresh.admin(`SELECT relname FROM pg_class WHERE relnamespace = 'scim'::regnamespace`)).to.deep.equal(
        [],
      );
    } finally {
      await fresh.drop();
    }
  });
});
