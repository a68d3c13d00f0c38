import type { ParameterizedContext } from 'koa';
import type { Call } from '../backend/backend.ts';
import type { Mount } from './mount.ts';

/** What a log line may tell of a request: names and outcomes, never values. */
export interface Trace {
  /** Okta's word for the request (`createNewUser`…). */
  message?: string;
  /** The route, with `:id` for the id. */
  route?: string;
  id?: string;
  /** Names of the attributes that changed. */
  changed?: readonly string[];
  /** Names that the schema does not know. */
  ignored?: readonly string[];
  total?: number;
  actor?: string;
  reason?: string;
  detail?: string;
  cause?: unknown;
  hint?: string;
}

/** Okta repeats a 429 by itself, a 503 waits for somebody (docs/okta-agent.md, Status codes). */
export type PassingStatus = 429 | 503;

export interface State {
  /** Short, unique, readable on the phone; in error texts, log lines and `X-Request-Id`. */
  reference: string;
  address: string;
  /** Scheme and authority as the client sees them. */
  origin: string;
  mount: Mount;
  /** Absolute, without a slash at the end. */
  baseUrl: string;
  call: Call;
  /** Status of what passes by itself (`unavailable` with a time to come back). */
  passingStatus: PassingStatus;
  trace: Trace;
}

export type Context = ParameterizedContext<State> & { params: Record<string, string> };
export type Next = () => Promise<void>;
export type Handler = (context: Context) => Promise<void> | void;
