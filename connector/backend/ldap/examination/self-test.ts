import { type Finding, failed } from '../../module/finding.ts';
import { translated } from '../directory/ldap-errors.ts';
import type { Directory } from '../directory/session.ts';
import { proveBases } from '../layout/bases.ts';
import { readTree } from '../layout/read-tree.ts';
import { branchesOf } from '../layout/tree.ts';
import { activationFinding, profileFinding, versionFinding } from './choice-findings.ts';
import { clockFindings } from './clock-findings.ts';
import { indexFindings } from './index-findings.ts';
import { limitFindings } from './limit-findings.ts';
import { memberOfFinding } from './member-of-finding.ts';
import { refusalText } from './refusal-text.ts';
import { schemaFindings } from './schema-findings.ts';
import { scopeFindings } from './scope-findings.ts';
import { serverFindings } from './server-findings.ts';
import { labelFindings, sharedFindings } from './sharing-findings.ts';
import type { Subject } from './subject.ts';
import { writeFindings } from './write-findings.ts';

/** All of it. Unit: ms. */
const DEADLINE = 120_000;

async function work(subject: Subject, directory: Directory, signal: AbortSignal): Promise<readonly Finding[]> {
  const { dse, classes, tree } = await readTree(directory, signal, subject.options, subject.types);
  await directory.read(signal, (session) => proveBases(session, tree));
  return [
    profileFinding(subject, tree),
    activationFinding(subject, tree),
    versionFinding(tree),
    ...schemaFindings(tree, classes),
    ...branchesOf(tree).flatMap((branch) => [...scopeFindings(tree, branch, classes)]),
    ...branchesOf(tree).flatMap((branch) => [
      ...labelFindings(branch),
      ...sharedFindings(branch, subject.options[branch.type.plural]?.map ?? {}),
    ]),
    ...(subject.readOnly ? [] : await writeFindings(directory, signal, tree, subject.account)),
    ...(await limitFindings(directory, signal, tree, subject.account)),
    ...(await indexFindings(directory, signal, tree)),
    await memberOfFinding(subject, directory, signal, tree),
    ...clockFindings(dse),
  ];
}

/** Everything about the directory that can be found out without writing. */
export async function selfTest(subject: Subject): Promise<readonly Finding[]> {
  const signal = AbortSignal.timeout(DEADLINE);
  let findings = await serverFindings(subject, signal).catch((error: unknown) => [failed(refusalText(error))]);
  if (!findings.some(({ status }) => status === 'ok')) return findings;
  const directory = await subject.open(subject.urls);
  try {
    const found = await translated({ operation: 'read', type: 'User' }, () => work(subject, directory, signal));
    findings = [...findings, ...found];
  } catch (error) {
    findings = [...findings, failed(refusalText(error))];
  } finally {
    await directory.close();
  }
  return findings;
}
