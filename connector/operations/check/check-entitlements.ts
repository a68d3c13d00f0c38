import { type Finding, ok, warning } from '../../backend/module/finding.ts';
import type { App, Config } from '../../config/config.ts';
import { readFirstNames } from '../../entitlements/published.ts';
import { ScimError, shown } from '../../scim/error.ts';
import { type ListedType, listEntitlements } from '../entitlement/list-entitlements.ts';

/** Ids that are quoted in one line. */
const MOST_SHOWN = 3;

const some = (texts: readonly string[]): string =>
  texts.length > MOST_SHOWN
    ? `${texts.slice(0, MOST_SHOWN).join(', ')} and ${texts.length - MOST_SHOWN} more`
    : texts.join(', ');

/** What Okta has read once and would not find again. @param first  names by id */
function* changedFindings(
  { type, entitlements }: ListedType,
  first: Readonly<Record<string, string>>,
): Generator<Finding> {
  const now = new Map(entitlements.map(({ id, name }) => [id, name]));
  const before = Object.entries(first);
  const gone = before.filter(([id]) => !now.has(id));
  const renamed = before.filter(([id, name]) => now.has(id) && now.get(id) !== name);
  if (gone.length > 0)
    yield warning(
      `${type}: ${some(gone.map(([id]) => shown(id)))} ${gone.length === 1 ? 'is' : 'are'} not there any more, and Okta may still give it to people; put it back under the same id, or take it out of Okta`,
    );
  if (renamed.length > 0)
    yield warning(
      `${type}: ${some(renamed.map(([id, name]) => `${shown(id)} was ${shown(name)} and is ${shown(now.get(id) ?? '')}`))}; Okta keeps the name that it has read first`,
    );
}

function* twinFindings({ type, entitlements }: ListedType): Generator<Finding> {
  const ids = new Map<string, string[]>();
  for (const { id, name } of entitlements) ids.set(name, [...(ids.get(name) ?? []), id]);
  const twins = [...ids].filter(([, list]) => list.length > 1).map(([name]) => shown(name));
  if (twins.length > 0)
    yield warning(
      `${type}: several are called ${some(twins)}, which nobody can tell apart in Okta; give each a name of its own`,
    );
}

/** What is not there yet is nothing wrong. @throws whatever else it is */
function beforeTheStart(error: unknown): undefined {
  if (!(error instanceof ScimError) || error.fault !== 'database-missing') throw error;
}

/** Whether what people can be given can be read, is not empty, and is still what Okta has read. @throws unavailable */
export async function checkEntitlements({ state_dir }: Config, app: App): Promise<readonly Finding[]> {
  if (app.entitlements.length === 0) return [];
  const listed = await listEntitlements(app, app.entitlements).catch(beforeTheStart);
  if (!listed) return [ok('none can be looked at before the first start, or "entitlement import"')];
  const first = readFirstNames(state_dir)[app.name] ?? {};
  const filled = listed.filter(({ entitlements }) => entitlements.length > 0);
  const empty = listed.filter(({ entitlements }) => entitlements.length === 0);
  return [
    ...(filled.length > 0
      ? [ok(filled.map(({ type, entitlements }) => `${type} ${entitlements.length}`).join(', '))]
      : []),
    ...empty.map(({ type }) =>
      warning(
        `${type}: there is none, so that Okta has nothing to give; see "In SQLite" and "In a directory" in docs/entitlements.md`,
      ),
    ),
    ...listed.flatMap((one) => [...changedFindings(one, first[one.type] ?? {}), ...twinFindings(one)]),
  ];
}
