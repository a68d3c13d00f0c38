import { type Parameters, parseParameters } from '../protocol/parameters.ts';
import type { Mixed, MixedPage, MixedRequest } from '../protocol/protocol.ts';
import { noSuchPlace, ScimError } from '../scim/error.ts';
import type { Cursor, Page, Query } from '../scim/query.ts';
import type { Resource } from '../scim/resource.ts';
import type { Context } from './context.ts';
import { isDear } from './dear.ts';
import type { ReadBody } from './resource-handlers.ts';
import { send } from './send.ts';

/** Where a page ends: in which part, and where in it; the totals are those of the first page. */
interface Place {
  readonly part: number;
  readonly after?: string;
  readonly totals: readonly number[];
}

/** @throws invalidCursor */
function readPlace({ after }: Cursor): Place | undefined {
  if (after === undefined) return undefined;
  try {
    const place = JSON.parse(after) as Place;
    if (Number.isInteger(place.part) && Array.isArray(place.totals)) return place;
  } catch {
    // The words of a store: it was a list of one type.
  }
  throw noSuchPlace();
}

/** Gathers a page from one part after another: each store is asked for what is still missing, and for totals. */
class Gathering {
  readonly pages: MixedPage[] = [];
  readonly totals: number[] = [];
  readonly #context: Context;
  readonly #request: MixedRequest;
  readonly #place: Place | undefined;
  readonly #limit: number;
  /** Of the part that is not yet over. */
  #next: Pick<Place, 'part' | 'after'> | undefined;

  constructor(context: Context, request: MixedRequest, limit: number) {
    this.#context = context;
    this.#request = request;
    this.#place = request.cursor && readPlace(request.cursor);
    this.#limit = limit;
  }

  async whole(): Promise<Page> {
    const { cursor, parts, startIndex } = this.#request;
    let left = this.#limit;
    let skip = cursor ? 0 : startIndex - 1;
    for (const [index] of parts.entries()) {
      const { total, resources, next } = await this.#part(index, skip, left);
      this.totals.push(total);
      skip = Math.max(0, skip - total);
      left -= resources.length;
      if (next !== undefined) {
        this.#next = { part: index, after: next };
        left = 0;
      } else if (cursor && left === 0 && !this.#next && resources.length > 0) this.#next = { part: index + 1 };
    }
    const resources: readonly Resource[] = this.pages.flatMap(({ page }) => page.resources);
    return { resources, total: this.totals.reduce((sum, one) => sum + one, 0), ...this.#onward() };
  }

  /** What of a part belongs to the page. */
  async #part(index: number, offset: number, limit: number): Promise<Page> {
    const { parts, cursor } = this.#request;
    const known = this.#place?.totals[index];
    const from = this.#place?.part ?? 0;
    if (known !== undefined && (index < from || limit === 0)) return { resources: [], total: known };
    const part = parts[index] as (typeof parts)[number];
    const { mount, call } = this.#context.state;
    const after = index === from ? this.#place?.after : undefined;
    const walk = cursor && limit > 0 ? { cursor: after === undefined ? {} : { after } } : {};
    const query: Query = { ...part.query, ...walk, offset, limit };
    const page = await mount.service.list(call, part.type, () => query);
    this.pages.push({ part, page });
    return { ...page, total: known ?? page.total };
  }

  /** The parts behind the page may be empty. */
  #onward(): Pick<Page, 'next'> {
    const next = this.#next;
    if (!next) return {};
    const part =
      next.after === undefined ? this.totals.findIndex((total, at) => at >= next.part && total > 0) : next.part;
    return part < 0 ? {} : { next: JSON.stringify({ ...next, part, totals: this.totals } satisfies Place) };
  }
}

/** Whoever has not said how many he takes is not given a part without knowing. @throws tooMany */
function refuseTooMany({ count, cursor }: MixedRequest, total: number, most: number): void {
  if (count !== undefined || cursor || total <= most) return;
  const text = `${total} resources are more than the ${most} of a page; narrow the filter, or ask with count or cursor`;
  throw new ScimError('tooMany', text, { fault: 'paging-invalid' });
}

/** A list over all types of the app, one after another. */
export async function mixedList(
  context: Context,
  { decode, encode }: Mixed,
  body: ReadBody,
  parametersIn?: (body: object) => Parameters,
): Promise<void> {
  const { mount, baseUrl, call, share } = context.state;
  const { offer, rules, types } = mount;
  const parameters = parametersIn ? parametersIn(await body(context)) : parseParameters(context.querystring);
  const offered = Object.values(types).filter(({ name }) => offer.backend.types.includes(name));
  const request = decode(offered, parameters, baseUrl, rules);
  const limit = Math.min(request.count ?? Number.MAX_SAFE_INTEGER, offer.maxResults);
  // Without a filter the totals are known, and cost less than a page.
  if (request.count === undefined && !request.cursor && request.parts.every(({ query }) => !query.filter))
    refuseTooMany(request, (await new Gathering(context, request, 0).whole()).total, offer.maxResults);
  if (request.parts.some((part) => isDear(part.type, part, limit))) await share.enter(call.signal);
  const gathering = new Gathering(context, request, limit);
  const whole = await gathering.whole();
  refuseTooMany(request, whole.total, offer.maxResults);
  await send(context, 200, encode(gathering.pages, whole, request, { baseUrl, versions: offer.etag }));
}
