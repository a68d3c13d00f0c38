import { performance } from 'node:perf_hooks';
import type { Filter } from 'ldapts';
import { type Finding, ok, warning } from '../../module/finding.ts';
import { equals, present } from '../directory/filter.ts';
import type { Directory, Session } from '../directory/session.ts';
import type { Tree } from '../layout/tree.ts';
import { idToLdap } from '../mapping/entry-id.ts';
import { contextOf } from './naming-context.ts';
import { REMEDIES } from './remedies.ts';

/** Below, a scan and an index take the same time. Unit: ms. */
const SLOW = 20;
const ATTEMPTS = 3;

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
export const indexFinding = (
  tree: Tree,
  [base, attribute]: readonly [string, string],
  time: number,
  floor: number,
): Finding | undefined =>
  time < SLOW || time < floor * 5
    ? undefined
    : warning(
        `index: looking somebody up by ${attribute} takes ${Math.round(time)} ms, which is a scan; add an index, unless one is being built:\n${REMEDIES[tree.profile.name].index(attribute, contextOf(tree, base))}`,
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
      const found = indexFinding(tree, [base, attribute], await timeOf(session, base, 'sub', filter), floor);
      if (found) findings.push(found);
    }
    return findings.length > 0
      ? findings
      : [ok(`look-ups by ${probes.map(([, attribute]) => attribute).join(', ')} are fast`)];
  });
}
