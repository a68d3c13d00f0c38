import { shown } from '../../scim/error.ts';
import { TRAITS } from '../../scim/schema/resource-type.ts';
import { type Finding, warning } from '../module/finding.ts';
import type { Connection } from './connection/connection.ts';
import { findTwins, type Twins } from './schema/twins.ts';

/** Most twins worth a line each. */
const MAX_TWINS = 20;

function twinFinding({ type, each }: Twins): Finding {
  const { naturalKey, plural } = TRAITS[type];
  const names = each.map(({ id, name }) => `${shown(name)} (id ${id})`).join(' and ');
  return warning(
    `${plural} ${names} have one ${naturalKey}: blanks, width and invisible characters do not count; ` +
      `all stay, and "${naturalKey} eq" finds each. Rename all but one, or delete them with DELETE /${type}s/ID`,
  );
}

/** Who has a name that somebody else has too. */
export function twinFindings(connection: Connection): readonly Finding[] {
  const twins = findTwins(connection);
  const more = twins.length - MAX_TWINS;
  return [
    ...twins.slice(0, MAX_TWINS).map(twinFinding),
    ...(more > 0 ? [warning(`${more} more names are those of several users or groups`)] : []),
  ];
}
