import { Gathering } from '../../concurrency/gathering.ts';
import type { BriefDatabase } from '../../postgres/brief-database.ts';
import type { Hold, Standing } from '../ledger.ts';

type Row = readonly [
  app: string,
  readOnly: boolean,
  hasVerdicts: boolean,
  id: number | null,
  kind: Hold['kind'],
  scope: string,
  text: string,
  opened: number,
];

const ALL = `SELECT coalesce(app.name, hold.app), coalesce(app.read_only, false), coalesce(app.verdicts_until, 0) > scim.now_ms(),
    hold.id, hold.kind, hold.scope, hold.text, hold.opened
  FROM scim.hold_app app FULL JOIN (SELECT * FROM scim.hold WHERE ended IS NULL) hold ON hold.app = app.name`;

const UNTOUCHED: Standing = { isReadOnly: false, hasVerdicts: false };

/** How all apps stand, asked once for all who wait. */
export class Standings {
  readonly #gathering: Gathering<string, ReadonlyMap<string, Standing>>;

  constructor(database: BriefDatabase) {
    this.#gathering = new Gathering(async () => {
      // For many callers: that one of them leaves ends nothing.
      const rows = await database.rows<Row>({ signal: new AbortController().signal }, ALL);
      return new Map(
        rows.map(([app, isReadOnly, hasVerdicts, id, kind, scope, text, opened]): [string, Standing] => [
          app,
          { isReadOnly, hasVerdicts, ...(id === null ? {} : { hold: { id, app, kind, scope, text, opened } }) },
        ]),
      );
    });
  }

  async of(app: string): Promise<Standing> {
    return (await this.#gathering.ask(app)).get(app) ?? UNTOUCHED;
  }
}
