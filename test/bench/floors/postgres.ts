import pg from 'pg';
import { type Rate, rate } from '../load.ts';

const doc = (n: number): string => JSON.stringify({ userName: `bare${n}`, displayName: 'x'.repeat(500) });

/** Pooled `pg` alone: as many connections as the connector has, a row a statement, the text taken as it comes. */
export class RawPostgres {
  readonly #pool: pg.Pool;
  #next = 0;

  private constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  /** A table of its own with so many people in it. */
  static async open(url: string, connections: number, people: number): Promise<RawPostgres> {
    const pool = new pg.Pool({ connectionString: url, max: connections });
    pool.on('error', () => undefined);
    await pool.query('CREATE SCHEMA floor');
    await pool.query(
      'CREATE TABLE floor.person (seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text COLLATE "C" UNIQUE, doc text)',
    );
    await pool.query('INSERT INTO floor.person (name, doc) SELECT n, $1 FROM generate_series(0, $2::int - 1) AS n', [
      doc(0),
      people,
    ]);
    await pool.query('ANALYZE floor.person');
    return new RawPostgres(pool);
  }

  /** Equality searches by an indexed name. */
  search(workers: number, seconds: number, name: (n: number) => string): Promise<Rate> {
    return rate(workers, { seconds }, async (n) => {
      const { rows } = await this.#pool.query('SELECT seq, name, doc FROM floor.person WHERE name = $1', [name(n)]);
      return { status: rows.length === 1 ? 200 : 500, text: '' };
    });
  }

  /** One row a commit. */
  insert(workers: number, seconds: number): Promise<Rate> {
    return rate(workers, { seconds }, async () => {
      const n = this.#next++;
      await this.#pool.query('INSERT INTO floor.person (name, doc) VALUES ($1, $2)', [`bare${n}`, doc(n)]);
      return { status: 201, text: '' };
    });
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }
}
