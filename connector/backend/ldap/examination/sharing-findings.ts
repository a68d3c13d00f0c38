import { type Finding, ok, warning } from '../../module/finding.ts';
import type { Branch } from '../layout/branch.ts';
import type { Row } from '../mapping/attribute-mapping.ts';
import { isPlural } from '../mapping/labels.ts';
import { sharedRows } from '../mapping/shared-attributes.ts';
import type { MapOptions } from '../settings/options.ts';

/** How many values a push can name in a row; those behind them are kept by others. */
const places = ({ many, labels }: Row): number => (many ? Math.max(1, labels.length - 1) : 1);

/** Okta sends a primary and a secondary address (docs/okta-agent.md, Users). */
const ADDRESSES = 2;

/** Where a push would still take values away that Okta does not know of, or not find its own again. */
export function* labelFindings({ section, table }: Branch): Generator<Finding> {
  const rows = table.rows.filter(
    ({ scim, writable }) => scim && !scim.sub && isPlural(scim.attribute) && writable !== 'never',
  );
  for (const { path, ldap, many, labels } of rows)
    if (many && labels.length === 1)
      yield warning(
        `${section}.map."${path}": every value of ${ldap} is called "${labels[0]}", and a push replaces them all; add a label for those that others keep, such as labels = ["${labels[0]}", "other"]`,
      );
  const addresses = rows.filter(({ scim }) => scim?.attribute.name === 'emails');
  const room = addresses.reduce((sum, row) => sum + places(row), 0);
  if (addresses.length > 0 && room < ADDRESSES)
    yield warning(
      `${section}.map: Okta sends two e-mail addresses, and the labels tell one from those that others keep, so a changed second one is added again; give ${addresses[0]?.path} labels = ["primary", "secondary", "other"]`,
    );
}

/** Two attributes of SCIM in one of the directory, and which of them wins. @param own  the operator's lines */
export function* sharedFindings({ section, table }: Branch, own: MapOptions): Generator<Finding> {
  const mine = new Set(Object.keys(own).map((path) => path.toLowerCase()));
  for (const [first, ...others] of sharedRows(table)) {
    if (!first) continue;
    const names = [first, ...others].map(({ path }) => path);
    const text = `${section}.map: ${names.join(' and ')} are both kept in ${first.ldap}: what is sent wins over what was kept; where both are sent and differ, ${first.path} wins and the log says so`;
    const spare = [first, ...others].find(({ path }) => !mine.has(path.toLowerCase()));
    if (!names.some((path) => mine.has(path.toLowerCase()))) yield ok(text);
    else yield warning(`${text}${spare ? `. If only one is meant, take the other away: "${spare.path}" = ""` : ''}`);
  }
}
