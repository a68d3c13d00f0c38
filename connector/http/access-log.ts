import type { Call } from '../backend/backend.ts';
import type { Log } from '../log/log.ts';
import { loggedIds, loggedName, loggedNames } from '../log/logged-names.ts';
import { ScimError } from '../scim/error.ts';
import type { Observer, OperationEvent } from '../service/observer.ts';
import { runningMessage } from '../service/operation-recorder.ts';
import type { Context, Next } from './context.ts';
import { describeFailure } from './failure.ts';

/** What has been told of a request so far. */
interface Told {
  /** Of several, as in a bulk request, that of the whole comes last. */
  readonly last: OperationEvent;
  /** The first failure that nobody foresaw. */
  readonly bug?: unknown;
}

// Quoted in an error text stands what the client sent: for the client's eyes, not for the log.
const withoutValues = (message: string): string => message.replace(/"[^"]*"/g, '"…"');

/**
 * One line per request: what Okta calls it, who asked, what came of it and how long it took. The route and attribute
 * names, never the query or a value: the line may leave the house.
 */
export class AccessLog implements Observer {
  readonly #log: Log;
  readonly #told = new WeakMap<Call, Told>();

  constructor(log: Log) {
    this.#log = log;
  }

  observe(event: OperationEvent): void {
    const call = event.call.whole ?? event.call;
    const bug = this.#told.get(call)?.bug ?? (event.outcome === 'failed' ? event.failure : undefined);
    this.#told.set(call, { last: event, ...(bug === undefined ? {} : { bug }) });
  }

  readonly middleware = async (context: Context, next: Next): Promise<void> => {
    const started = performance.now();
    await next();
    const { state, status } = context;
    const told = this.#told.get(state.call);
    const fields: Record<string, unknown> = {
      ref: state.reference,
      app: state.mount?.app,
      scim: state.mount?.protocol.version,
      method: context.method,
      status,
      ms: Math.round((performance.now() - started) * 10) / 10,
      address: state.address,
      route: state.route,
      actor: state.call.actor || undefined,
      hint: state.hint ?? told?.last.hint,
    };
    if (told) addOperation(fields, told.last);
    addFailure(fields, state.failure, told?.bug);
    const message = runningMessage(state.call) ?? told?.last.message ?? 'request';
    if (status >= 500) this.#log.error(fields, message);
    else if (status >= 400 || told?.last.leftOut || told?.last.hint) this.#log.warn(fields, message);
    else this.#log.info(fields, message);
  };
}

function addOperation(fields: Record<string, unknown>, event: OperationEvent): void {
  const { outcome, id, total, changed, ignored, leftOut } = event;
  // What a client made up is no id.
  if (outcome === 'done') fields['id'] = id;
  fields['total'] = total;
  if (changed?.length) fields['changed'] = changed.map(({ attribute, sub }) => loggedName(sub ?? attribute));
  if (ignored?.length) fields['ignored'] = loggedNames(ignored);
  if (leftOut) fields['left_out'] = loggedIds(leftOut);
}

function addFailure(fields: Record<string, unknown>, failure: unknown, bug: unknown): void {
  if (failure === undefined) {
    fields['err'] = bug;
    return;
  }
  const { reason, message } = describeFailure(failure);
  fields['reason'] = reason;
  fields['detail'] = withoutValues(message);
  fields['err'] = failure instanceof ScimError ? failure.cause : failure;
}
