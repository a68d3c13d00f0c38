import { type Finding, failed, ok, warning } from '../../module/finding.ts';
import { RESULT, resultName } from '../directory/result-code.ts';
import type { Directory } from '../directory/session.ts';
import type { Branch } from '../layout/branch.ts';
import { branchesOf, type Tree } from '../layout/tree.ts';
import { changeProof, type Proof, writtenAttributes } from './change-proof.ts';
import { creationProof } from './creation-proof.ts';
import { REMEDIES } from './remedies.ts';

/** Entries that are tried: some, such as administrators', have rules of their own. */
const SAMPLE = 3;
const REMEDY = 'enter what "check --print-acl" prints';

async function samples(directory: Directory, signal: AbortSignal, branch: Branch, base: string) {
  const search = { base, scope: 'sub', filter: branch.named, attributes: ['1.1'] } as const;
  return directory.cursor(signal, async (session) => {
    for await (const page of session.pages(search, SAMPLE)) if (page.length > 0) return page.map(({ dn }) => dn);
    return [];
  });
}

const isDenied = (proof: Proof): boolean => proof === 'denied';
const isAllowed = (proof: Proof): boolean => proof === 'allowed';

/** Why a server that knows the account all the same takes no changes. */
const REFUSALS: Readonly<Record<number, string>> = {
  [RESULT.referral]: 'it refers to another server; name that one first in ldap.urls',
  [RESULT.unwillingToPerform]: 'it takes no changes now; see its log',
};

interface Tried {
  /** Attributes that may not be written, of those that were tried; all of them where it says so. */
  readonly denied: readonly string[] | 'all';
  readonly proof: Proof;
}

/** All attributes at once, and where that is refused each by itself. */
async function tried(
  directory: Directory,
  signal: AbortSignal,
  dn: string,
  attributes: readonly string[],
): Promise<Tried> {
  const proof = await changeProof(directory, signal, dn, attributes);
  if (isAllowed(proof)) return { denied: [], proof };
  const each: (readonly [string, Proof])[] = [];
  for (const name of attributes) each.push([name, await changeProof(directory, signal, dn, [name])]);
  const denied = each.filter(([, one]) => isDenied(one)).map(([name]) => name);
  if (denied.length === attributes.length) return { denied: 'all', proof: 'denied' };
  return each.some(([, one]) => isAllowed(one)) ? { denied, proof: 'allowed' } : { denied, proof };
}

async function* branchFindings(
  directory: Directory,
  signal: AbortSignal,
  tree: Tree,
  branch: Branch,
  account: string,
): AsyncGenerator<Finding> {
  const { base, section } = branch;
  const notProved = (what: string): Finding =>
    warning(
      `${section}: not proved that ${what} below ${base}; prove it:\n${REMEDIES[tree.profile.name].proof(account, base)}`,
    );
  const found = await samples(directory, signal, branch, base);
  const attributes = writtenAttributes(tree, branch);
  let best: Tried | undefined;
  for (const dn of attributes.length > 0 ? found : []) {
    const one = await tried(directory, signal, dn, attributes);
    if (!best || isAllowed(one.proof)) best = one;
    if (isAllowed(best.proof)) break;
  }
  const made = await creationProof(tree, { directory, signal, branch, base, sample: found[0] });
  if (isDenied(made)) yield failed(`${section}: ${account} may not add and remove entries below ${base}; ${REMEDY}`);
  if (best?.denied === 'all') yield failed(`${section}: ${account} may not change entries below ${base}; ${REMEDY}`);
  else if (best && best.denied.length > 0)
    yield warning(
      `${section}: ${account} may not write ${best.denied.join(', ')}; ${REMEDY}, or map with direction = "read"`,
    );
  const code = best && typeof best.proof === 'object' ? best.proof.code : undefined;
  const why = code === undefined ? undefined : REFUSALS[code];
  if (why !== undefined)
    yield failed(`${section}: the directory refuses every change: ${resultName(code ?? 0)}; ${why}`);
  else if (typeof made === 'object') yield notProved('entries can be added');
  else if (best && typeof best.proof === 'object') yield notProved('entries can be changed');
}

/** Whether the service account may write what the connector writes; nothing is written to find out. */
export async function writeFindings(
  directory: Directory,
  signal: AbortSignal,
  tree: Tree,
  account: string,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const branch of branchesOf(tree))
    for await (const finding of branchFindings(directory, signal, tree, branch, account)) findings.push(finding);
  if (findings.length > 0) return findings;
  const places = branchesOf(tree).map(({ base }) => base);
  return [ok(`write access: proved below ${places.join(' and ')}; nothing was written`)];
}
