import type { Call } from '../../backend/backend.ts';
import { moduleNamed } from '../../backend/catalogue.ts';
import { typesOf } from '../../backend/module/app-settings.ts';
import type { Rehearsal } from '../../backend/module/rehearsal.ts';
import type { App, Config } from '../../config/config.ts';
import { readPasted } from '../../explain/pasted-text.ts';
import { recognise } from '../../explain/recognise.ts';
import { makeRecord } from '../../journal/make-record.ts';
import type { JournalRecord } from '../../journal/record.ts';
import { answerOnce } from '../../run/answer-once.ts';
import type { OperationEvent } from '../../service/observer.ts';
import { OperationError } from '../operation-error.ts';
import { type Asked, askedOf, type Given } from './asked.ts';

/** What a request of Okta's would do; it was asked of nobody, and nothing is written. */
export interface Simulation {
  readonly method: Asked['method'];
  /** Of SCIM. */
  readonly version: string;
  /** Below the app's path. */
  readonly path: string;
  /** Of a bulk request one for each of its operations, then itself. As the journal would have them. */
  readonly records: readonly JournalRecord[];
  readonly language: Rehearsal['language'];
  /** What would be written, as the store's operator types it; empty when nothing would. */
  readonly operations: string;
  /** What Okta would get. */
  readonly status: number;
  readonly body: unknown;
  /** Of a refusal: its text and its code in the catalogue. */
  readonly refusal?: { readonly text: string; readonly code?: string };
}

function bodyIn(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** The first operation of a bulk request that would be refused: the request itself is answered 200. */
function refusedPart(body: unknown): string | undefined {
  const operations = (body as { readonly Operations?: readonly BulkResult[] } | undefined)?.Operations;
  const texts = operations?.map(({ status, response }) => {
    const code = typeof status === 'string' ? status : status?.code;
    return Number(code) < 400 ? undefined : (response?.detail ?? (status as Status11 | undefined)?.description);
  });
  const at = texts?.findIndex((text) => text !== undefined) ?? -1;
  return at < 0 ? undefined : `operation ${at + 1} of ${operations?.length}: ${texts?.[at]}`;
}

interface Status11 {
  readonly code?: string;
  readonly description?: string;
}

/** Of either version. */
interface BulkResult {
  readonly status?: string | Status11;
  readonly response?: { readonly detail?: string };
}

/** What a task in Okta would show of it. */
function refusalIn(status: number, text: string, body: unknown): Simulation['refusal'] {
  const part = status < 400 ? refusedPart(body) : text;
  if (part === undefined) return undefined;
  const pasted = readPasted(part);
  const code = recognise(pasted);
  return { text: pasted.said ?? pasted.text, ...(code === undefined ? {} : { code }) };
}

/**
 * Answers a request as the connector would, on a store whose writes reach nobody. The configuration need not be in use.
 * @throws OperationError usage; unavailable, invalidValue: the store cannot be read
 */
export async function simulate(config: Config, app: App, given: Given, signal: AbortSignal): Promise<Simulation> {
  const { rehearse } = moduleNamed(app.backend);
  if (!rehearse) throw new OperationError('usage', `the app "${app.name}" has a store that nothing can be tried on`);
  const rehearsal = await rehearse(app);
  try {
    const call: Call = { requestId: 'simulate', actor: 'simulate', signal };
    const asked = await askedOf(app, typesOf(app), rehearsal.backend, call, given);
    const events: OperationEvent[] = [];
    const observer = { observe: (event: OperationEvent) => void events.push(event) };
    const { status, text } = await answerOnce(config, app, rehearsal.backend, { ...asked, signal }, observer);
    const body = text === '' ? undefined : bodyIn(text);
    const refusal = refusalIn(status, text, body);
    return {
      method: asked.method,
      version: asked.version,
      path: asked.path,
      records: events.map(makeRecord),
      language: rehearsal.language,
      operations: rehearsal.operations(),
      status,
      body,
      ...(refusal ? { refusal } : {}),
    };
  } finally {
    await rehearsal.close();
  }
}
