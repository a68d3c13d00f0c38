import { ScimError } from '../../../scim/error.ts';
import type { ResourceTypes } from '../../../scim/schema/resource-type.ts';
import { type Finding, failed } from '../../module/finding.ts';
import { LdapFailure } from '../directory/ldap-failure.ts';
import type { Directory } from '../directory/session.ts';
import { accessRule } from '../examination/access-rule.ts';
import { refusalText } from '../examination/refusal-text.ts';
import { surveyed } from '../examination/survey.ts';
import { proveBases } from '../layout/bases.ts';
import { readTree } from '../layout/read-tree.ts';
import type { Tree } from '../layout/tree.ts';
import type { LdapApp } from '../settings/options.ts';
import { backendOptions } from '../settings/settings.ts';
import { rights } from './rights.ts';

/** What came of trying a layout with the service account. */
export interface Inspection {
  /** Undefined where it did not get that far. */
  readonly tree: Tree | undefined;
  readonly findings: readonly Finding[];
  /** Attributes in use that nothing maps, by table. */
  readonly unmapped: readonly string[];
  /** What an administrator has to enter, where a right is missing. */
  readonly rule: string | undefined;
}

interface Subject {
  readonly app: LdapApp;
  readonly types: ResourceTypes;
  readonly account: string;
}

/** Tries a layout; nothing is written. @throws what is neither the directory's word nor a setting at fault */
export async function inspected(directory: Directory, signal: AbortSignal, subject: Subject): Promise<Inspection> {
  const { app, types, account } = subject;
  let tree: Tree | undefined;
  try {
    ({ tree } = await readTree(directory, signal, backendOptions(app), types));
    const known = tree;
    await directory.read(signal, (session) => proveBases(session, known));
    const findings = app.read_only ? [] : await rights(directory, signal, tree, account);
    const surveys = await surveyed(directory, signal, tree);
    const isMissing = findings.some(({ status }) => status === 'failed');
    return {
      tree,
      findings,
      unmapped: surveys.flatMap(({ unmapped }) => unmapped.map(({ ldap }) => ldap)),
      rule: isMissing ? accessRule(tree, account) : undefined,
    };
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof LdapFailure || error instanceof ScimError)) throw error;
    const rule = tree === undefined ? undefined : accessRule(tree, account);
    return { tree, findings: [failed(refusalText(error))], unmapped: [], rule };
  }
}
