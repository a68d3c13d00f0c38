import type { OktaConnection } from './connection.ts';
import { isObject, judgeGroup, judgeList, judgeUser } from './judgement.ts';
import { isKnown, type Known } from './payload.ts';

export type Endpoint = '/Users' | '/Groups';

export interface Page {
  readonly total: number;
  readonly resources: readonly Known[];
}

/** Asks for lists as the agent does, and judges them. */
export class Pages {
  readonly #wire: OktaConnection;
  readonly #size: () => number;

  constructor(wire: OktaConnection, size: number | (() => number)) {
    this.#wire = wire;
    this.#size = typeof size === 'number' ? () => size : size;
  }

  /** Every page, advancing by what was asked for; judges that nobody is lost and nobody comes twice. */
  async download(
    message: string,
    endpoint: Endpoint,
    filter?: string,
    onPage?: () => Promise<void>,
  ): Promise<readonly Known[]> {
    const all = new Map<string, Known>();
    const size = this.#size();
    let total = 0;
    for (let startIndex = 1; startIndex === 1 || startIndex <= total; startIndex += size) {
      const page = await this.page(message, endpoint, startIndex, filter, size);
      if (page.total < total)
        this.#wire.report(message)(`totalResults fell from ${total} to ${page.total} between pages`);
      total = page.total;
      for (const resource of page.resources) {
        if (all.has(resource.id)) this.#wire.report(message)(`${resource.id} came twice`);
        all.set(resource.id, resource);
      }
      await onPage?.();
    }
    if (all.size !== total) this.#wire.report(message)(`${all.size} came, totalResults says ${total}`);
    return [...all.values()];
  }

  async page(
    message: string,
    endpoint: Endpoint,
    startIndex: number,
    filter?: string,
    count = this.#size(),
  ): Promise<Page> {
    const query = filter === undefined ? '' : `filter=${encodeURIComponent(filter)}&`;
    const list = await this.#wire.call(message, 'GET', `${endpoint}?${query}startIndex=${startIndex}&count=${count}`);
    const report = this.#wire.report(message);
    judgeList(list, { startIndex, count }, report, this.#wire.speech);
    const resources = Array.isArray(list['Resources']) ? (list['Resources'] as unknown[]).filter(isObject) : [];
    for (const [i, resource] of resources.entries()) {
      (endpoint === '/Users' ? judgeUser : judgeGroup)(resource, `Resources[${i}]`, report, this.#wire.speech);
    }
    return { total: Number(list['totalResults']), resources: resources.filter(isKnown) };
  }
}
