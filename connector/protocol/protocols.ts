import type { Protocol } from './protocol.ts';
import { scim11 } from './v1/scim11.ts';
import { scim20 } from './v2/scim20.ts';

/** What exported files hold, whatever is spoken: another version of ours must be able to read them. */
export const FILE_FORMAT: Protocol = scim11;

/** Every protocol that is spoken, one line each. The first one answers where no mount is known. */
export const PROTOCOLS: readonly [Protocol, ...Protocol[]] = [scim11, scim20];

/** A protocol, and where an app is served in it. */
export interface Spoken {
  readonly protocol: Protocol;
  /** Starts with a slash, ends in the protocol's segment. */
  readonly path: string;
}

/** The protocols of an app, each with its path; that of its own path first. */
export function spokenAt({
  path,
  versions,
}: {
  readonly path: string;
  readonly versions: readonly string[];
}): readonly Spoken[] {
  const root = path.slice(0, path.lastIndexOf('/'));
  return PROTOCOLS.filter(({ version }) => versions.includes(version)).map((protocol) => ({
    protocol,
    path: `${root}/${protocol.segment}`,
  }));
}

/** What a client speaks, by the URL that it asks for: a version that nobody knows yet is answered in the latest. */
export function meantBy(url: string): Protocol {
  const [, segment] = /\/(v\d+)(?:[/?]|$)/i.exec(url) ?? [];
  if (segment === undefined) return PROTOCOLS[0];
  return PROTOCOLS.find((protocol) => protocol.segment === segment.toLowerCase()) ?? PROTOCOLS.at(-1) ?? PROTOCOLS[0];
}

/** The protocol that the last segment of an app's path means. The configuration lets no other path pass. */
export const protocolAt = (path: string): Protocol =>
  PROTOCOLS.find(({ segment }) => path.endsWith(`/${segment}`)) ?? PROTOCOLS[0];
