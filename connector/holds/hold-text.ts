import { formatDuration } from '../config/vocabulary/quantity.ts';
import { ScimError, shown } from '../scim/error.ts';
import type { Hold } from './ledger.ts';
import type { Kind } from './limits.ts';

const WHAT: Readonly<Record<Kind, (count: number, of: string, name: string) => string>> = {
  deactivations: (count) => `${count} people would be deactivated`,
  deletions: (count, of) => `${count} ${of} would be deleted`,
  removals: (count, _, name) => `${count} members would leave the group ${shown(name)}`,
  emptied_groups: (count) => `${count} groups would lose most members`,
  renames: (count, of) => `${count} ${of} would be renamed`,
  overwrites: (count) => `values of ${count} people would be overwritten`,
};

const PEOPLE: Readonly<Record<string, string>> = { users: 'people' };

export interface Excess {
  readonly kind: Kind;
  readonly scope: string;
  /** Natural name of what the request is about. */
  readonly name: string;
  readonly count: number;
  readonly limit: number;
  /** Unit: ms. */
  readonly window: number;
}

export const reasonText = ({ kind, scope, name, count, limit, window }: Excess): string =>
  `${WHAT[kind](count, PEOPLE[scope] ?? scope, name)} within ${formatDuration(window)}, limit ${limit}`;

/** Okta doubles it itself, ten times: 34 hours (docs/holds.md). Unit: s. */
export const RETRY_AFTER = 120;

/** @param isNew  whether this very request has tripped it */
export function heldError({ id, kind, text }: Hold, isNew: boolean): ScimError {
  const what = kind === 'ordered' ? 'the operator holds all changes of this app' : text;
  const about = isNew ? `held: ${what}` : `held by hold ${id}: ${what}`;
  return new ScimError('throttled', `${about}. The connector's operator must look: scim-connector hold show ${id}`, {
    fault: 'changes-held',
    retryAfter: RETRY_AFTER,
  });
}

export const rejectedError = (hold: number): ScimError =>
  new ScimError(
    'forbidden',
    `refused: the connector's operator has rejected this change (hold ${hold}); to let it through: scim-connector hold release ${hold}`,
    { fault: 'held-change-rejected' },
  );

/** @param what  plain words: what is wrong with the file, and the fix */
export const ledgerError = (what: string, cause: unknown): ScimError =>
  new ScimError('unavailable', `holds.db: ${what}`, { fault: 'holds-not-counted', retryAfter: RETRY_AFTER, cause });
