/** An attribute path as the client wrote it: `[urn:]name[.sub]` (SCIM 1.1 API §3.8). Not yet known to exist. */
export interface Path {
  readonly urn?: string;
  readonly name: string;
  readonly sub?: string;
}

// The URN holds dots ("1.0") and colons: it is everything before the last colon.
const PATH = /^(?:(.+):)?([^:.\s]+)(?:\.([^:.\s]+))?$/;

/** Parses `text`; `undefined` when it is not an attribute path. */
export function parsePath(text: string): Path | undefined {
  const match = PATH.exec(text);
  if (!match?.[2]) return undefined;
  return {
    ...(match[1] === undefined ? {} : { urn: match[1] }),
    name: match[2],
    ...(match[3] === undefined ? {} : { sub: match[3] }),
  };
}

export const formatPath = ({ urn, name, sub }: Path): string =>
  `${urn === undefined ? '' : `${urn}:`}${name}${sub === undefined ? '' : `.${sub}`}`;
