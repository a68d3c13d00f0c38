import { type Caller, Database } from '../../postgres/database.ts';
import { examineDatabase } from '../../postgres/examination/examine-database.ts';
import { shown } from '../../scim/error.ts';
import { TRAITS, type TypeName } from '../../scim/schema/resource-type.ts';
import { type Finding, failed, ok, warning } from '../module/finding.ts';
import { STEPS } from './schema/migrations.ts';
import type { PeopleSettings } from './settings.ts';

/** Longest that a request may run by default, and a statement of ours here. Unit: ms. */
const DEADLINE = 30_000;
/** Most twins worth a line each. */
const MOST_TWINS = 20;

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

type Ask = <T extends readonly unknown[]>(text: string, ...params: readonly unknown[]) => Promise<T[]>;

const IS_THERE = "SELECT to_regclass('scim.migration') IS NOT NULL, to_regclass('scim.move') IS NOT NULL";

async function stateFindings(ask: Ask, schema: string): Promise<readonly Finding[]> {
  const [[done = 0] = []] = await ask<readonly [number]>('SELECT coalesce(max(step), 0) FROM scim.migration');
  if (done > STEPS.length)
    return [
      failed(
        `the schema ${schema} was written by a newer version of this connector (step ${done}, this version knows ${STEPS.length}); install that version`,
      ),
    ];
  const counts = new Map(
    await ask<readonly [TypeName, number]>('SELECT type, sum(live)::bigint FROM scim.block_count GROUP BY type'),
  );
  const held = `${counted(counts.get('User') ?? 0, 'user')}, ${counted(counts.get('Group') ?? 0, 'group')}`;
  const behind = done < STEPS.length ? `, step ${done} of ${STEPS.length}: brought up to date at the next start` : '';
  return [ok(`schema ${schema}, ${held}${behind}`)];
}

async function moveFindings(ask: Ask): Promise<readonly Finding[]> {
  const [unfinished] = await ask<readonly [number]>('SELECT done FROM scim.move WHERE finished IS NULL');
  if (!unfinished) return [];
  return [
    failed(
      `a move into it is not finished (${unfinished[0]} rows are there), and it is not served: run "scim-connector data migrate" again`,
    ),
  ];
}

const TWINS = `
SELECT t.type, (SELECT json_agg(json_build_array(r.id, r.doc ->> CASE r.type WHEN 'User' THEN 'userName' ELSE 'displayName' END)
  ORDER BY r.seq) FROM scim.resource AS r WHERE r.type = t.type AND r.key = t.key)
FROM (SELECT DISTINCT type, key FROM scim.resource WHERE twin > 0 ORDER BY 1, 2 LIMIT ${MOST_TWINS}) AS t`;

async function twinFindings(ask: Ask): Promise<readonly Finding[]> {
  const twins = await ask<readonly [TypeName, string]>(TWINS);
  return twins.map(([type, each]) => {
    const { naturalKey, plural } = TRAITS[type];
    const names = (JSON.parse(each) as (readonly [string, string])[]).map(([id, name]) => `${shown(name)} (id ${id})`);
    return warning(
      `${plural} ${names.join(' and ')} have one ${naturalKey}: blanks, width and invisible characters do not count; ` +
        `all stay, and "${naturalKey} eq" finds each. Rename all but one, or delete them with DELETE /${type}s/ID`,
    );
  });
}

async function contents(settings: PeopleSettings): Promise<readonly Finding[]> {
  const { schema } = settings;
  const database = new Database(settings, { schema, deadline: DEADLINE });
  const caller: Caller = { signal: AbortSignal.timeout(DEADLINE) };
  const ask: Ask = (text, ...params) => database.rows(caller, text, ...params);
  try {
    await database.open();
    const [[isMade, mayBeMoved] = [false, false]] = await ask<readonly [boolean, boolean]>(IS_THERE);
    if (!isMade) return [ok(`schema ${schema}, filled at the first start`)];
    return [
      ...(await stateFindings(ask, schema)),
      ...(mayBeMoved ? await moveFindings(ask) : []),
      ...(await twinFindings(ask)),
    ];
  } finally {
    await database.close();
  }
}

/** Whether people can be read and written there, and what may go wrong one day. Writes nothing. @throws unavailable */
export async function examine(settings: PeopleSettings): Promise<readonly Finding[]> {
  const { schema } = settings;
  const { findings, isUsable, isMissing } = await examineDatabase(settings, { schema, deadline: DEADLINE });
  if (!isUsable) return findings;
  return [...findings, ...(isMissing ? [ok(`schema ${schema}, made at the first start`)] : await contents(settings))];
}
