import { type Finding, failed, ok, warning } from '../../module/finding.ts';
import { LdapFailure } from '../directory/ldap-failure.ts';
import { RESULT } from '../directory/result-code.ts';
import type { Directory, Session } from '../directory/session.ts';
import type { Branch } from '../layout/branch.ts';
import { branchesOf, type Tree } from '../layout/tree.ts';
import { parseTime } from '../mapping/syntax.ts';
import { aheadFindings } from './clock-findings.ts';
import { namelessFindings, outsideFilter } from './hidden-findings.ts';
import { contextOf } from './naming-context.ts';
import { REMEDIES } from './remedies.ts';

/** Past the limits that servers come with: 500 on OpenLDAP, 5000 on 389. Unit: entries. */
const ENOUGH = 6_000;
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
          : ok(
              `${branch.section}: ${count} below ${branch.base}, read page by page${await outsideFilter(directory, signal, branch)}`,
            ),
        ...(await namelessFindings(directory, signal, branch)),
      );
      findings.push(...aheadFindings(newest));
    } catch (error) {
      if (!(error instanceof LdapFailure) || !CUT_SHORT.has(error.code)) throw error;
      findings.push(
        failed(
          `${branch.section}: the directory cuts a paged search short, so an import could never be complete. Try a smaller ldap.page_size, or lift the limits of the service account:\n${REMEDIES[tree.profile.name].limits(account, contextOf(tree, branch.base))}`,
        ),
      );
    }
  }
  return findings;
}
