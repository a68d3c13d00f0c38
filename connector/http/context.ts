import type { ParameterizedContext } from 'koa';
import type { Json } from '../protocol/json.ts';
import type { Failure, Protocol } from '../protocol/protocol.ts';
import type { Mount } from './mount.ts';
import type { RequestCall } from './request/request-call.ts';
import type { Share } from './request/share.ts';

/** Okta repeats a 429 by itself, a 503 waits for somebody (docs/okta-agent.md, "Retries"). */
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
  call: RequestCall;
  share: Share;
  /** Of the answer, once it is known what the client takes. */
  mediaType: string;
  /** Status of what passes by itself (`unavailable` with a time to come back). */
  passingStatus: PassingStatus;
  /** Below the mount's, without a suffix for the format, e.g. `/Users/42`. */
  path: string;
  /** The route, with `:id` for the id. */
  route?: string;
  /** Something about the client's settings that its administrator should know. */
  hint?: string;
  /** What the client speaks, where that is not what is spoken here. */
  speaks?: Protocol;
  /** How a refusal is written where no SCIM is spoken. */
  refusal?: (error: unknown) => (failure: Failure) => Json;
  /** What the request ended with. */
  failure?: unknown;
}

export type Context = ParameterizedContext<State> & { params: Record<string, string> };
export type Next = () => Promise<void>;
export type Handler = (context: Context) => Promise<void> | void;
