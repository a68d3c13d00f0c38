import { type Caller, Database, type Session } from '../../../postgres/database.ts';
import type { TypeName } from '../../../scim/schema/resource-type.ts';
import type { ExplainedStep, FilterExplanation, FilterQuestion } from '../../module/filter-explanation.ts';
import { type Finding, ok, warning } from '../../module/finding.ts';
import { filterToSql } from '../query/filter-to-sql.ts';
import { findPage } from '../query/find-page.ts';
import type { Reader } from '../row/statement.ts';
import type { PeopleSettings } from '../settings.ts';
import { lookedAt, type PlanNode, planWords } from './plan-words.ts';

/** Below, nobody notices that all of them are read. Unit: rows. */
const FEW = 1_000;
/** Unit: ms. */
const DEADLINE = 60_000;

/** Ends the reading between two statements. */
class Enough extends Error {}

interface Told {
  readonly Plan: PlanNode;
  readonly 'Execution Time': number;
}

/** Asks what the connector asks, and what the server does for it. */
class ExplainingReader implements Reader {
  readonly steps = new Map<string, ExplainedStep>();
  readonly #session: Session;
  readonly #question: FilterQuestion;

  constructor(session: Session, question: FilterQuestion) {
    this.#session = session;
    this.#question = question;
  }

  get lookedAt(): number {
    return [...this.steps.values()].reduce((sum, { read }) => sum + read, 0);
  }

  async rows<T extends readonly unknown[]>(text: string, ...params: readonly unknown[]): Promise<T[]> {
    if (this.lookedAt >= this.#question.most || this.#question.signal.aborted) throw new Enough();
    const explained = `EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) ${text}`;
    const [[told = '[]'] = []] = await this.#session.rows<readonly [string]>(explained, ...params);
    const [run] = JSON.parse(told) as readonly Told[];
    if (run) this.#add(text, params, run);
    return this.#session.rows<T>(text, ...params);
  }

  #add(text: string, params: readonly unknown[], { Plan: plan, 'Execution Time': time }: Told): void {
    const before = this.steps.get(text);
    this.steps.set(text, {
      purpose: 'finds them',
      text,
      parameters: params.map((one) => (typeof one === 'number' ? one : String(one))),
      plan: planWords(plan, this.#question.type.plural),
      indexes: [],
      ...before,
      times: (before?.times ?? 0) + 1,
      read: (before?.read ?? 0) + lookedAt(plan),
      duration: (before?.duration ?? 0) + time,
    });
  }
}

const advice = (naturalKey: string): string =>
  `these are found by an index: ${naturalKey} and externalId compared by eq, sw, gt, ge, lt or le, id and emails.value by eq, and meta.lastModified`;

function verdict({ type, filter }: FilterQuestion, read: number, complete: boolean, all: number): Finding {
  const { indexed, costly } = filterToSql(type.name, filter);
  if (indexed) return ok(`fast: an index finds it, however many ${type.plural} there are`);
  const what = costly ? `a table beside the ${type.plural}` : `every one of the ${all} ${type.plural}`;
  if (complete && all <= FEW && read <= 2 * FEW)
    return ok(`fast enough: reads ${what}, and there are few; ${advice(type.naturalKey)}`);
  return warning(`slow: reads ${what}, and takes the longer the more there are; ${advice(type.naturalKey)}`);
}

async function countAll(session: Session, type: TypeName): Promise<number> {
  const text = 'SELECT coalesce(sum(live), 0)::bigint FROM scim.block_count WHERE type = $1';
  const [[all = 0] = []] = await session.rows<readonly [number]>(text, type);
  return all;
}

async function explained(session: Session, question: FilterQuestion): Promise<FilterExplanation> {
  await session.rows('SET TRANSACTION READ ONLY');
  const all = await countAll(session, question.type.name);
  const reader = new ExplainingReader(session, question);
  const begun = performance.now();
  let [found, complete] = [0, true];
  try {
    found = (await findPage(reader, question.type.name, { filter: question.filter, offset: 0, limit: 0 })).total;
  } catch (error) {
    if (!(error instanceof Enough)) throw error;
    complete = false;
  }
  return {
    language: 'SQL',
    steps: [...reader.steps.values()],
    found,
    unit: 'row',
    lookedAt: reader.lookedAt,
    judged: 0,
    complete,
    duration: performance.now() - begun,
    findings: [verdict(question, reader.lookedAt, complete, all)],
    remedies: [],
  };
}

/** What PostgreSQL is asked for a filter, how it goes about it and what it reads. @throws unavailable, invalidFilter */
export async function explainFilter(settings: PeopleSettings, question: FilterQuestion): Promise<FilterExplanation> {
  const database = new Database(settings, { schema: settings.schema, deadline: DEADLINE });
  const caller: Caller = { signal: AbortSignal.timeout(DEADLINE) };
  try {
    await database.open();
    return await database.transaction(caller, (session) => explained(session, question));
  } finally {
    await database.close();
  }
}
