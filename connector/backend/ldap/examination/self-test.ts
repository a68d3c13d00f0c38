import { ScimError } from '../../../scim/error.ts';
import type { ResourceTypes } from '../../../scim/schema/resource-type.ts';
import { type Finding, failed, ok, warning } from '../../module/finding.ts';
import { translated } from '../directory/ldap-errors.ts';
import { LdapFailure } from '../directory/ldap-failure.ts';
import { type Directory, firstText, type RootDse } from '../directory/session.ts';
import { proveBases } from '../layout/bases.ts';
import { readTree } from '../layout/read-tree.ts';
import type { Tree } from '../layout/tree.ts';
import { parseTime } from '../mapping/syntax.ts';
import { memberOfRule, sampleAgrees } from '../references/member-of.ts';
import type { LdapBackendOptions } from '../settings/options.ts';
import { accessRule } from './access-rule.ts';
import { indexFindings, limitFindings } from './reading-findings.ts';
import { REMEDIES } from './remedies.ts';
import { schemaFindings } from './schema-findings.ts';

export interface Subject {
  readonly options: LdapBackendOptions;
  readonly types: ResourceTypes;
  readonly urls: readonly string[];
  /** `ldap://` is upgraded. */
  readonly startTls?: boolean;
  /** Name of the service account, for commands. */
  readonly account: string;
  /** Connects to these servers only. */
  readonly open: (urls: readonly string[]) => Promise<Directory>;
}

/** All of it. Unit: ms. */
const DEADLINE = 120_000;

const reason = (error: unknown): string => {
  if (error instanceof ScimError || error instanceof LdapFailure) return error.message;
  throw error;
};

function product(dse: RootDse): string {
  const words = [firstText(dse, 'vendorName'), firstText(dse, 'vendorVersion')].filter((word) => word !== undefined);
  return words.length > 0 ? `, ${words.join(' ')}` : '';
}

/** Each server by itself: one that only fails when it is needed has better be known. */
async function serverFindings(
  { urls, open, account, startTls = false }: Subject,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const url of urls) {
    try {
      const directory = await open([url]);
      try {
        const dse = await directory.rootDse(signal);
        findings.push(
          ok(
            `${url}: ${url.startsWith('ldaps:') || startTls ? 'TLS' : 'clear text'}, bound as ${account}${product(dse)}`,
          ),
        );
      } finally {
        await directory.close();
      }
    } catch (error) {
      findings.push(warning(reason(error)));
    }
  }
  const none = findings.every(({ status }) => status !== 'ok');
  return none ? findings.map(({ text }) => failed(text)) : findings;
}

const chosen = (set: boolean): string => (set ? 'configured' : 'chosen by itself');

function profileFinding({ options }: Subject, { profile, passwords }: Tree): Finding {
  const set = options.ldap.profile !== undefined && options.ldap.profile !== 'auto';
  const how = {
    exop: 'Password Modify (RFC 3062)',
    modify: 'userPassword',
    unicodePwd: 'unicodePwd',
  }[passwords];
  return ok(`profile ${profile.name}, ${chosen(set)}; id ${profile.id.attribute}; passwords by ${how}`);
}

function activationFinding({ options }: Subject, { activation }: Tree): Finding {
  const set = options.users.deactivate !== undefined;
  const why = set ? 'as configured' : 'chosen by itself: the directory has this switch';
  switch (activation.kind) {
    case 'none':
      return warning(
        'active: not offered (users.deactivate = "none"); Okta can create people and never deactivate them',
      );
    case 'account-control':
      return ok(`active: bit 2 of userAccountControl, ${why}`);
    case 'values': {
      const values = Object.entries(activation.inactive).map(([name, value]) => `${name}=${value}`);
      const policy = Object.keys(activation.inactive).some((name) => name.toLowerCase() === 'pwdaccountlockedtime');
      const caution =
        policy && !set
          ? '. It locks only where the ppolicy overlay is at work on this database; users.deactivate chooses another way'
          : '';
      return ok(`active: inactive people have ${values.join(', ')}, ${why}${caution}`);
    }
    case 'group':
      return ok(`active: inactive people are in ${activation.group}, ${why}`);
    case 'move':
      return ok(`active: inactive people are below ${activation.to}, ${why}`);
  }
}

async function memberOfFinding(
  { options }: Subject,
  directory: Directory,
  signal: AbortSignal,
  tree: Tree,
): Promise<Finding> {
  const asking = 'the groups of a person are found by asking the groups';
  if (!tree.groups) return warning('groups: none are kept; set groups.base to offer them to Okta');
  const rule = memberOfRule(options, tree);
  switch (rule) {
    case 'never':
      return ok(`memberOf: not used, as configured; ${asking}`);
    case 'complete':
      return ok('memberOf: complete in this kind of directory, and used');
    case 'nested':
      return ok(`memberOf: not used, because this kind of directory mixes the groups of groups in; ${asking}`);
  }
  if (await sampleAgrees(directory, signal, tree))
    return ok('memberOf: a sample agrees with the groups, and it is used');
  if (rule === 'sample') return ok(`memberOf: not used, because a sample lacks it; ${asking}`);
  return warning(
    `memberOf: ldap.member_of = "always", and a sample does not agree with the groups. Set it to "auto", or: ${REMEDIES[tree.profile.name].memberOf}`,
  );
}

/** Active Directory alone tells its time (MS-ADTS §3.1.1.3.2.4). */
function clockFinding(dse: RootDse): readonly Finding[] {
  const now = firstText(dse, 'currentTime');
  const time = now === undefined ? undefined : parseTime(now);
  if (time === undefined) return [];
  const off = Math.round(Math.abs(time - Date.now()) / 1000);
  if (off <= 5) return [];
  return [warning(`clock: the directory's and this machine's differ by ${off} s; synchronize both`)];
}

async function work(subject: Subject, directory: Directory, signal: AbortSignal): Promise<readonly Finding[]> {
  const { dse, classes, tree } = await readTree(directory, signal, subject.options, subject.types);
  await directory.read(signal, (session) => proveBases(session, tree));
  return [
    profileFinding(subject, tree),
    activationFinding(subject, tree),
    ...schemaFindings(tree, classes),
    ...(await limitFindings(directory, signal, tree, subject.account)),
    ...(await indexFindings(directory, signal, tree)),
    await memberOfFinding(subject, directory, signal, tree),
    ...clockFinding(dse),
  ];
}

/** Everything about the directory that can be found out without writing. */
export async function selfTest(subject: Subject): Promise<readonly Finding[]> {
  const signal = AbortSignal.timeout(DEADLINE);
  let findings = await serverFindings(subject, signal).catch((error: unknown) => [failed(reason(error))]);
  if (!findings.some(({ status }) => status === 'ok')) return findings;
  const directory = await subject.open(subject.urls);
  try {
    const found = await translated({ operation: 'read', type: 'User' }, () => work(subject, directory, signal));
    findings = [...findings, ...found];
  } catch (error) {
    findings = [...findings, failed(reason(error))];
  } finally {
    await directory.close();
  }
  return findings;
}

/**
 * The access that the service account needs, in that server's own commands. It may be asked before it has any.
 * @throws unavailable, invalidValue
 */
export async function printedAccess(subject: Subject): Promise<string> {
  const signal = AbortSignal.timeout(DEADLINE);
  const directory = await subject.open(subject.urls);
  try {
    const { tree } = await translated({ operation: 'read', type: 'User' }, () =>
      readTree(directory, signal, subject.options, subject.types),
    );
    return accessRule(tree, subject.account);
  } finally {
    await directory.close();
  }
}
