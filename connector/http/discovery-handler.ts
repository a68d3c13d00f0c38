import { parseParameters } from '../protocol/parameters.ts';
import type { Discovery } from '../protocol/protocol.ts';
import type { ResourceType } from '../scim/schema/resource-type.ts';
import type { Context } from './context.ts';
import { send } from './send.ts';

/** Answers what an app says of itself. */
export function discover(context: Context, { message, answer }: Discovery): Promise<void> {
  const { mount, baseUrl, call } = context.state;
  const { offer, types, entitlements = [], recorder, dialect, kept = (type: ResourceType) => type } = mount;
  return recorder.record(call, 'discover', { message, details: {} }, async () => {
    const offered = Object.values(types).filter(({ name }: ResourceType) => offer.backend.types.includes(name));
    const parameters = parseParameters(context.querystring);
    const given = entitlements.map(({ type }) => type);
    await send(
      context,
      200,
      answer({
        types: offered,
        kept,
        entitlements: given,
        offer,
        dialect,
        baseUrl,
        parameters,
        id: context.params['id'] ?? '',
      }),
    );
  });
}
