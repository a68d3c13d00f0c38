import { misplaced, writerOf } from '../../protocol/misplaced.ts';
import type { Parameters } from '../../protocol/parameters.ts';
import type { State } from '../context.ts';

/** With what may follow it in a path. */
const URN = /\burn:[\w:.-]+/gi;

/** The same by the names of schemas in a filter and the like. @throws invalidSyntax with the base URL to use */
export function refuseMisplacedQuery(state: State, parameters: Parameters): void {
  const schemas = [...parameters.values()].flatMap((text) => text.match(URN) ?? []);
  if (schemas.length > 0) refuseMisplaced(state, { schemas });
}

/**
 * Whoever speaks one version of SCIM where another is spoken is told so in the version that he speaks.
 * @param isPart  of a bulk request, which is answered as a whole
 * @throws invalidSyntax with the base URL to use
 */
export function refuseMisplaced(state: State, body: object, isPart = false): void {
  const { mount, origin } = state;
  const writer = writerOf(mount.protocol, body);
  if (!writer) return;
  const place = mount.spoken.find(({ protocol }) => protocol.version === writer.version);
  if (!isPart) state.speaks = writer;
  const baseUrl = place && `${mount.externalOrigin ?? origin}${place.path}`;
  throw misplaced(writer, mount.protocol, mount.app, baseUrl);
}
