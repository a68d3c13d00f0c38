import { performance } from 'node:perf_hooks';
import type { Filter } from 'ldapts';
import { type Finding, failed, ok, warning } from '../../module/finding.ts';
import { equals, present } from '../directory/filter.ts';
import { LdapFailure } from '../directory/ldap-failure.ts';
import { RESULT } from '../directory/result-code.ts';
import type { Directory, Session } from '../directory/session.ts';
import type { Branch } from '../layout/branch.ts';
import { branchesOf, type Tree } from '../layout/tree.ts';
import { idToLdap } from '../mapping/entry-id.ts';
import { parseTime } from '../mapping/syntax.ts';
import { REMEDIES } from './remedies.ts';

/** Past the limits that servers come with: 500 on OpenLDAP, 5000 on 389. Unit: entries. */
const ENOUGH = 6_000;
/** Below, a scan and an index take the same time. Unit: ms. */
const SLOW = 20;
const ATTEMPTS = 3;

interface Dump {
  readonly entries: number;
  readonly complete: boolean;
  /** Newest change seen, ms since 1970; 0 for none. */
  readonly newest: number;
}

async function dump(session: Session, tree: Tree, branch: Branch): Promise<Dump> {
  const { lastModified } = tree.profile;
  const search = { base: branch.base, scope: 'sub', filter: branch.named, attributes: [lastModified] } as const;
  let [entries, newest] = [0, 0];
  for await (const page of session.pages(search)) {
    entries += page.length;
    for (const { attributes } of page) {
      const [time] = attributes.get(lastModified.toLowerCase()) ?? [];
      newest = Math.max(newest, (time === undefined ? undefined : parseTime(String(time))) ?? 0);
    }
    if (entries > ENOUGH) return { entries, complete: false, newest };
  }
  return { entries, complete: true, newest };
}

const CUT_SHORT: ReadonlySet<number | undefined> = new Set([
  RESULT.timeLimitExceeded,
  RESULT.sizeLimitExceeded,
  RESULT.adminLimitExceeded,
]);

/** Reads as an import does, past what servers allow everybody. */
export async function limitFindings(
  directory: Directory,
  signal: AbortSignal,
  tree: Tree,
  account: string,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const branch of branchesOf(tree)) {
    try {
      const { entries, complete, newest } = await directory.cursor(signal, (session) => dump(session, tree, branch));
      const count = complete ? `${entries}` : `more than ${ENOUGH}`;
      findings.push(
        entries === 0
          ? warning(
              `${branch.section}: none below ${branch.base}; check ${branch.section}.base and ${branch.section}.filter`,
            )
          : ok(`${branch.section}: ${count} below ${branch.base}, read page by page`),
      );
      const ahead = Math.round((newest - Date.now()) / 1000);
      if (ahead > 5)
        findings.push(
          warning(
            `clock: the directory's is ${ahead} s ahead of this machine's; synchronize both, or incremental imports repeat`,
          ),
        );
    } catch (error) {
      if (!(error instanceof LdapFailure) || !CUT_SHORT.has(error.code)) throw error;
      findings.push(
        failed(
          `${branch.section}: the directory cuts a paged search short, so an import could never be complete. Try a smaller ldap.page_size, or lift the limits of the service account:\n${REMEDIES[tree.profile.name].limits(account)}`,
        ),
      );
    }
  }
  return findings;
}

/** The best of several: what the machine does besides only adds. Unit: ms. */
async function timeOf(session: Session, base: string, scope: 'base' | 'sub', filter: Filter): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const start = performance.now();
    await session.search({ base, scope, filter, attributes: ['1.1'] });
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

/** @param floor  time of a read that needs no index. Unit: ms */
export const indexFinding = (tree: Tree, attribute: string, time: number, floor: number): Finding | undefined =>
  time < SLOW || time < floor * 5
    ? undefined
    : warning(
        `index: looking somebody up by ${attribute} takes ${Math.round(time)} ms, which is a scan; add an index:\n${REMEDIES[tree.profile.name].index(attribute)}`,
      );

/** Looks for what nobody has: an index answers at once, a scan reads everything. */
export async function indexFindings(
  directory: Directory,
  signal: AbortSignal,
  tree: Tree,
): Promise<readonly Finding[]> {
  const { id } = tree.profile;
  const { users, groups, membership } = tree;
  const nobody = idToLdap(id.format, '00000000-0000-4000-8000-000000000000') ?? '00000000-0000-4000-8000-000000000000';
  const probes: readonly (readonly [string, string, Filter])[] = [
    [users.base, id.attribute, equals(id.attribute, nobody)],
    [users.base, users.natural.ldap, equals(users.natural.ldap, 'nobody-has-this-name')],
    ...(groups
      ? [
          [
            groups.base,
            membership.attribute,
            equals(membership.attribute, membership.by === 'dn' ? users.base : 'nobody-has-this-name'),
          ] as const,
        ]
      : []),
  ];
  return directory.read(signal, async (session) => {
    const floor = await timeOf(session, users.base, 'base', present('objectClass'));
    const findings: Finding[] = [];
    for (const [base, attribute, filter] of probes) {
      const found = indexFinding(tree, attribute, await timeOf(session, base, 'sub', filter), floor);
      if (found) findings.push(found);
    }
    return findings.length > 0
      ? findings
      : [ok(`look-ups by ${probes.map(([, attribute]) => attribute).join(', ')} are fast`)];
  });
}
