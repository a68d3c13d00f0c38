import { CertificateError } from '../certificate-error.ts';
import { isCertifiable, isWildcard, normalName, ownNames, unique } from '../host-names.ts';
import type { SharedAuthority } from './shared-authority.ts';
import { isPermitted, namesIn, type Subtree } from './subtrees.ts';

/** Where our certificates are kept, and for which names they are made besides this host's own. */
export interface OwnNames {
  readonly stateDir: string;
  readonly names?: readonly string[] | undefined;
  /** Host part of the listening address, if any. */
  readonly listenHost?: string | undefined;
  /** Where other connectors have the same authority; absent: it is of this one alone. */
  readonly shared?: SharedAuthority | undefined;
}

/** The names asked for. @throws CertificateError one of them can be in no certificate */
export function configured(own: OwnNames): string[] {
  const listen = normalName(own.listenHost ?? '');
  const names = unique([...(own.names ?? []), ...(isWildcard(listen) ? [] : [listen])]);
  const wrong = names.find((name) => !isCertifiable(name));
  if (wrong !== undefined) {
    throw new CertificateError(`"${wrong}" can be in no certificate: write a host name or an IP address`);
  }
  return names;
}

/** All that the authority may sign for, so that a renewal never loses a name. */
export const leafNames = (own: OwnNames, subtrees: readonly Subtree[]): string[] =>
  unique([...configured(own), ...ownNames(own.listenHost), ...namesIn(subtrees)]).filter((name) =>
    isPermitted(subtrees, name),
  );
