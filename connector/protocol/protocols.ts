import type { Protocol } from './protocol.ts';
import { scim11 } from './v1/scim11.ts';

/** What exported files hold, whatever is spoken: another version of ours must be able to read them. */
export const FILE_FORMAT: Protocol = scim11;

/** Every protocol that is spoken, one line each. The first one answers where no mount is known. */
export const PROTOCOLS: readonly [Protocol, ...Protocol[]] = [scim11];

/** The protocol that the last segment of an app's path means. The configuration lets no other path pass. */
export const protocolAt = (path: string): Protocol =>
  PROTOCOLS.find(({ segment }) => path.endsWith(`/${segment}`)) ?? PROTOCOLS[0];
