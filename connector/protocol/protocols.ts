import type { Protocol } from './protocol.ts';
import { scim11 } from './v1/scim11.ts';
import { scim20 } from './v2/scim20.ts';

/** What exported files hold, whatever is spoken: another version of ours must be able to read them. */
export const FILE_FORMAT: Protocol = scim11;

/** Every protocol that is spoken, one line each. The first one answers where no mount is known. */
export const PROTOCOLS: readonly [Protocol, ...Protocol[]] = [scim11, scim20];

/** The protocols of an app, each with its path; that of its own path first. */
export function spokenAt({
  path,
  versions,
}: {
  readonly path: string;
  readonly versions: readonly string[];
}): readonly {
  readonly protocol: Protocol;
  readonly path: string;
}[] {
  const root = path.slice(0, path.lastIndexOf('/'));
  return PROTOCOLS.filter(({ version }) => versions.includes(version)).map((protocol) => ({
    protocol,
    path: `${root}/${protocol.segment}`,
  }));
}

/** The protocol that the last segment of an app's path means. The configuration lets no other path pass. */
export const protocolAt = (path: string): Protocol =>
  PROTOCOLS.find(({ segment }) => path.endsWith(`/${segment}`)) ?? PROTOCOLS[0];
