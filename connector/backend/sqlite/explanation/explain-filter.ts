import { ScimError } from '../../../scim/error.ts';
import type { FilterExplanation, FilterQuestion, PlanLine } from '../../module/filter-explanation.ts';
import { type Finding, ok, warning } from '../../module/finding.ts';
import type { Condition } from '../../sql/condition.ts';
import type { Connection } from '../connection/connection.ts';
import { asUnavailable, isMalformed, primaryCode } from '../connection/sqlite-errors.ts';
import { openReadOnly } from '../file/open-read-only.ts';
import { countAll } from '../query/count.ts';
import { filterToSql } from '../query/filter-to-sql.ts';
import { searchText } from '../query/search-text.ts';
import { stretchText } from '../query/table-scan.ts';
import { blocks } from '../schema/blocks.ts';
import { planWords } from './plan-words.ts';

/** Below, nobody notices that all of them are read. Unit: rows. */
const FEW = 1_000;
/** Beyond every `seq`. */
const LAST = Number.MAX_SAFE_INTEGER;

/** Ends a statement in its midst. */
class Enough extends Error {}

interface Run {
  readonly found: number;
  readonly lookedAt: number;
  readonly complete: boolean;
  /** Unit: ms. */
  readonly duration: number;
}

/** The statement itself, with each row counted that SQLite looks at once its index has brought it. */
function run(connection: Connection, { type, signal, most }: FilterQuestion, { text, params }: Condition): Run {
  let [found, lookedAt, complete] = [0, 0, true];
  connection.db.function('looked_at', { deterministic: false }, (_seq) => {
    if (lookedAt >= most || signal.aborted) throw new Enough();
    lookedAt += 1;
    return 1;
  });
  const begun = performance.now();
  try {
    for (const _ of connection.iterate(searchText(type.name, `looked_at(r.seq) AND (${text})`), ...params)) found += 1;
  } catch (error) {
    if (!(error instanceof Enough)) throw error;
    complete = false;
  }
  return { found, lookedAt, complete, duration: performance.now() - begun };
}

/** What is asked, as `filteredPage` asks it. */
function statementOf({ type }: FilterQuestion, { text, params, indexed, costly }: Condition) {
  if (!indexed && !costly)
    return { text: stretchText(type.name, text), params: [...params, 0, LAST], isStretch: true } as const;
  const order = indexed ? '' : ' ORDER BY r.seq';
  return { text: `${searchText(type.name, text)}${order}`, params, isStretch: false } as const;
}

const INDEXED: Readonly<Record<string, string>> = {
  userName: 'userName and externalId compared by eq, sw, gt, ge, lt or le',
  displayName: 'displayName and externalId compared by eq, sw, gt, ge, lt or le',
};

const advice = (naturalKey: string): string =>
  `these are found by an index: ${INDEXED[naturalKey] ?? naturalKey}, id and emails.value by eq, and meta.lastModified`;

function verdict(
  { type }: FilterQuestion,
  plan: readonly PlanLine[],
  { lookedAt, complete }: Run,
  all: number,
): Finding {
  const plural = type.plural;
  const everybody = plan.some(({ text }) => text.startsWith('reads every one'));
  const addresses = plan.some(({ text }) => text === 'reads every e-mail address');
  if (!everybody && !addresses) return ok(`fast: an index finds it, however many ${plural} there are`);
  const what = addresses && !everybody ? 'every e-mail address' : `every one of the ${all} ${plural}`;
  if (complete && all <= FEW && lookedAt <= FEW)
    return ok(`fast enough: reads ${what}, and there are few; ${advice(type.naturalKey)}`);
  return warning(`slow: reads ${what}, and takes the longer the more there are; ${advice(type.naturalKey)}`);
}

/** What SQLite is asked for a filter, how it goes about it and what it reads. @throws unavailable, invalidFilter */
export async function explainFilter(file: string, question: FilterQuestion): Promise<FilterExplanation> {
  const connection = openReadOnly(file);
  try {
    return explained(connection, question);
  } catch (error) {
    if (primaryCode(error) !== 'SQLITE_ERROR' || isMalformed(error)) throw asUnavailable(error) ?? error;
    throw new ScimError('invalidFilter', 'filter: too many conditions for the database', {
      fault: 'filter-invalid',
      cause: error,
    });
  } finally {
    connection.close();
  }
}

function explained(connection: Connection, question: FilterQuestion): FilterExplanation {
  const { type } = question;
  const condition = filterToSql(type.name, question.filter);
  const { text, params, isStretch } = statementOf(question, condition);
  const told = connection.rows<readonly [number, number, number, string]>(`EXPLAIN QUERY PLAN ${text}`, ...params);
  const plan = planWords(
    type.plural,
    told.map(([, , , own]) => own),
  );
  const outcome = run(connection, question, condition);
  const addresses = plan.some(({ text: words }) => words === 'reads every e-mail address');
  const [beside] = addresses ? (connection.row<readonly [number]>('SELECT count(*) FROM email') ?? [0]) : [0];
  const lookedAt = outcome.lookedAt + beside;
  const step = {
    purpose: 'finds them',
    text,
    parameters: params,
    times: isStretch ? Math.max(1, blocks(connection, type.name).length) : 1,
    plan,
    indexes: [],
    read: lookedAt,
    duration: outcome.duration,
  };
  return {
    language: 'SQL',
    steps: [step],
    ...outcome,
    unit: 'row',
    lookedAt,
    judged: 0,
    findings: [verdict(question, plan, { ...outcome, lookedAt }, countAll(connection, type.name))],
    remedies: [],
  };
}
