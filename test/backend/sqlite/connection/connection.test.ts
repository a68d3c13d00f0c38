import { expect } from 'chai';
import { Connection } from '../../../../connector/backend/sqlite/connection/connection.ts';

const KEPT = 200;

describe('statements of a SQLite connection', () => {
  let connection: Connection;
  beforeEach(() => {
    connection = new Connection(':memory:');
  });
  afterEach(() => connection.close());

  const prepareOthers = (count: number, from = 0): void => {
    for (let i = from; i < from + count; i += 1) connection.prepare(`SELECT ${i} AS other`);
  };

  it('are prepared once', () => {
    expect(connection.prepare('SELECT 1')).to.equal(connection.prepare('SELECT 1'));
  });

  it('stay prepared while they are in use, whatever filters clients write', () => {
    const own = connection.prepare('SELECT 1');
    prepareOthers(KEPT - 1);
    expect(connection.prepare('SELECT 1')).to.equal(own);
    prepareOthers(KEPT - 1, KEPT);
    expect(connection.prepare('SELECT 1')).to.equal(own);
  });

  it('are let go when many others came after them', () => {
    const old = connection.prepare('SELECT 1');
    prepareOthers(KEPT);
    expect(connection.prepare('SELECT 1')).not.to.equal(old);
  });

  it('are not kept when they are long', () => {
    const long = `SELECT '${'x'.repeat(4096)}'`;
    expect(connection.prepare(long)).not.to.equal(connection.prepare(long));
    expect(connection.row<readonly [string]>(long)?.[0]).to.have.lengthOf(4096);
  });
});
