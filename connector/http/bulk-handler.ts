import { ScimError } from '../scim/error.ts';
import { BulkRun } from './bulk-run.ts';
import type { Context } from './context.ts';
import { MANY_OPERATIONS } from './dear.ts';
import type { ReadBody } from './resource-handlers.ts';
import { send } from './send.ts';

/** Several operations in one request; each is told by itself, and the request after them. */
export function bulk(context: Context, body: ReadBody): Promise<void> {
  const { mount, call, baseUrl, share } = context.state;
  const { offer, protocol, types, recorder } = mount;
  return recorder.record(call, 'bulk', { message: 'bulk', details: {} }, async (findings) => {
    if (!offer.bulk)
      throw new ScimError('notImplemented', 'bulk is switched off; send the requests one by one', {
        fault: 'feature-off',
      });
    const request = protocol.decodeBulk(types, await body(context), offer.bulkMaxOperations);
    findings.details = { total: request.operations.length };
    if (request.operations.length > MANY_OPERATIONS) await share.enter(call.signal);
    const results = await new BulkRun(request, context.state).run();
    await send(context, 200, protocol.encodeBulk(results, { baseUrl, versions: offer.etag }));
  });
}
