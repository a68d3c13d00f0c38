import { expect } from 'chai';
import { ScimError } from '../../connector/scim/error.ts';
import { MemoryBackend } from '../conformance/memory/memory-backend.ts';
import { itWithFault, startServer } from '../support/start-server.ts';

/** A store that cannot be reached. */
class Unreachable extends MemoryBackend {
  readonly #retryAfter: number | undefined;

  constructor(retryAfter: number | undefined) {
    super();
    this.#retryAfter = retryAfter;
  }

  override get(): Promise<never> {
    const more = this.#retryAfter === undefined ? {} : { retryAfter: this.#retryAfter };
    return Promise.reject(new ScimError('unavailable', 'the store is away', more));
  }
}

describe('a store that is out of reach [R-3.4.2-07 O-28]', () => {
  const cases = [
    { what: 'for now', retryAfter: 2.5, passing: undefined, status: 429, header: '3' },
    { what: 'for now, where 503 is configured', retryAfter: 2.5, passing: 503, status: 503, header: '3' },
    { what: 'for less than a second', retryAfter: 0, passing: undefined, status: 429, header: '1' },
    { what: 'until somebody mends it', retryAfter: undefined, passing: undefined, status: 503, header: null },
  ] as const;

  for (const { what, retryAfter, passing, status, header } of cases)
    itWithFault(`${what} answers ${status}${header === null ? '' : ` with Retry-After ${header}`}`, async () => {
      const backend = new Unreachable(retryAfter);
      const server = await startServer({ backend, ...(passing === undefined ? {} : { passingStatus: passing }) });
      try {
        const { status: seen, headers, body } = await server.request('GET', '/Users/x');
        expect([seen, headers.get('Retry-After')]).to.deep.equal([status, header]);
        expect(body.Errors[0]).to.include({ code: String(status) });
        expect(body.Errors[0].description).to.contain('the store is away');
        const patch = {
          schemas: ['urn:scim:schemas:core:1.0'],
          Operations: [{ method: 'PATCH', path: '/Users/x', data: { title: 'x' } }],
        };
        const bulk = await server.request('POST', '/Bulk', patch);
        expect(bulk.body.Operations[0].status.code).to.equal(String(status));
      } finally {
        await server.close();
      }
    });
});
