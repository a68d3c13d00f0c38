import { expect } from 'chai';
import { Database } from '../../connector/postgres/database.ts';
import { migrate } from '../../connector/postgres/migrate.ts';
import { postgresDatabase } from '../support/postgres/suite.ts';
import { rejection } from '../support/rejection.ts';

const caller = { signal: new AbortController().signal };
/** A second time each would fail. */
const STEPS = ['CREATE TABLE scim.one (a int); CREATE INDEX one_a ON scim.one (a)', 'CREATE TABLE scim.two (a int)'];
const steps = (database: Database) => database.rows(caller, 'SELECT step FROM scim.migration ORDER BY step');

for (const pooled of [false, true])
  describe(`migrations${pooled ? ' behind pgbouncer' : ''}`, () => {
    const store = postgresDatabase({ pooled });
    const open: Database[] = [];
    const another = (): Database => {
      const database = new Database(store.fresh.settings, { schema: 'scim', deadline: 20_000 });
      open.push(database);
      return database;
    };
    afterEach(async () => {
      await Promise.all(open.splice(0).map((one) => one.close()));
    });

    it('are done once where many connectors start at once', async () => {
      await Promise.all(Array.from({ length: 6 }, () => migrate(another(), caller, 'scim', STEPS)));
      expect(await steps(another())).to.deep.equal([[1], [2]]);
    });

    it('go on from where another version left off', async () => {
      await migrate(another(), caller, 'scim', STEPS.slice(0, 1));
      await migrate(another(), caller, 'scim', STEPS);
      expect(await steps(another())).to.deep.equal([[1], [2]]);
    });

    it('are done whole or not at all', async () => {
      await migrate(another(), caller, 'scim', STEPS.slice(0, 1));
      const broken = [...STEPS, 'CREATE TABLE scim.three (a int); SELECT 1/0'];
      expect(await rejection(migrate(another(), caller, 'scim', broken))).to.have.property(
        'message',
        'division by zero',
      );
      expect(await steps(another())).to.deep.equal([[1]]);
      expect(await another().rows(caller, "SELECT to_regclass('scim.two') IS NULL")).to.deep.equal([[true]]);
    });

    it('refuse what a newer version has written', async () => {
      await migrate(another(), caller, 'scim', STEPS);
      const failure = await rejection(migrate(another(), caller, 'scim', STEPS.slice(0, 1)));
      expect(failure).to.include({
        reason: 'unavailable',
        fault: 'database-too-new',
        message:
          'PostgreSQL: the schema scim was written by a newer version of this connector (step 2, this version knows 1); install that version',
      });
    });
  });
