import { misplaced, writerOf } from '../../protocol/misplaced.ts';
import type { State } from '../context.ts';

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
