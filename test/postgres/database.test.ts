import { expect } from 'chai';
import { Database } from '../../connector/postgres/database.ts';
import { postgresDatabase } from '../support/postgres/suite.ts';

const caller = { signal: new AbortController().signal };

for (const pooled of [false, true]) {
  describe(`a database${pooled ? ' behind pgbouncer in transaction mode' : ''}`, () => {
    const store = postgresDatabase({ pooled });
    let database: Database;
    beforeEach(async () => {
      database = new Database(store.fresh.settings, { schema: 'scim', deadline: 10_000 });
      await database.open();
    });
    afterEach(() => database.close());

    it('is that of the role and of nobody else', async () => {
      const [row] = await database.rows(caller, 'SELECT current_user::text, current_database()::text');
      expect(row).to.deep.equal(['scim_connector', store.fresh.name]);
    });
  });
}
