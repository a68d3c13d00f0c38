import type { Backend, Call } from '../../backend/backend.ts';
import { typesOf } from '../../backend/module/app-settings.ts';
import { createReader } from '../../backend/registry.ts';
import type { App, Config } from '../../config/config.ts';
import type { Json } from '../../protocol/json.ts';
import { protocolAt } from '../../protocol/protocols.ts';
import { offerOf, policyOf } from '../../run/app-rules.ts';
import type { Page } from '../../scim/query.ts';
import type { ResourceType } from '../../scim/schema/resource-type.ts';
import { guardedService } from '../../service/assemble-service.ts';
import type { Service } from '../../service/service.ts';

/** What the agent asks for, on every page (docs/okta-agent.md, Messages). Unit: resources. */
export const PAGE = 200;

/** An app as it answers Okta, on a store of its own that is only read. */
export interface Served {
  readonly app: App;
  readonly backend: Backend;
  readonly service: Service;
  /** One with a deadline of its own, as each request has. */
  readonly call: () => Call;
  /** Resources in one page: what the agent asks for, unless `server.page_limit` is less. */
  readonly page: number;
  readonly encoded: (type: ResourceType, page: Page, startIndex: number) => Json;
}

/** @throws unavailable */
export async function whileServed<T>(
  config: Config,
  app: App,
  signal: AbortSignal,
  work: (served: Served) => Promise<T>,
): Promise<T> {
  const backend = await createReader(app, { deadline: config.server.deadline });
  await backend.open();
  try {
    const protocol = protocolAt(app.path);
    const offer = offerOf(config, app, backend);
    const baseUrl = `${config.server.base_url ?? 'https://localhost'}${app.path}`;
    const encoding = { baseUrl, versions: offer.etag };
    return await work({
      app,
      page: Math.min(PAGE, offer.maxResults),
      backend,
      service: guardedService(backend, policyOf(app, typesOf(app))),
      call: () => ({
        requestId: 'preview',
        actor: 'preview',
        signal: AbortSignal.any([signal, AbortSignal.timeout(config.server.deadline)]),
      }),
      encoded: (type, page, startIndex) => protocol.encodeList(type, page, { startIndex }, encoding),
    });
  } finally {
    await backend.close();
  }
}

/** One page of a list. */
export interface ServedPage {
  /** As they are sent. */
  readonly resources: readonly Json[];
  readonly total: number;
  /** Resources up to its end. */
  readonly read: number;
  /** Of the whole answer. */
  readonly bytes: number;
  /** From asking the store to the last byte. Unit: ms. */
  readonly duration: number;
}

/** Every page of the list of a type, one at a time: the next one is asked for when this one has been looked at. */
export async function* servedPages(served: Served, type: ResourceType): AsyncGenerator<ServedPage> {
  const { service, call, encoded, page: limit } = served;
  for (let offset = 0; ; ) {
    const begun = performance.now();
    const page = await service.list(call(), type, { offset, limit });
    const { Resources: resources, ...envelope } = encoded(type, page, offset + 1) as Json & {
      readonly Resources: Iterable<Json>;
    };
    const list: Json[] = [];
    let bytes =
      Buffer.byteLength(JSON.stringify({ ...envelope, Resources: [] })) + Math.max(0, page.resources.length - 1);
    for (const one of resources) {
      list.push(one);
      bytes += Buffer.byteLength(JSON.stringify(one));
    }
    offset += list.length;
    yield { resources: list, total: page.total, read: offset, bytes, duration: performance.now() - begun };
    if (list.length === 0 || offset >= page.total) return;
  }
}
