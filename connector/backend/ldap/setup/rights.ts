import { randomUUID } from 'node:crypto';
import { type Finding, failed, ok, warning } from '../../module/finding.ts';
import { entryAt } from '../directory/entry-at.ts';
import { RESULT, resultName } from '../directory/result-code.ts';
import type { Directory, Modification } from '../directory/session.ts';
import { type Proof, proofOf } from '../examination/change-proof.ts';
import { writeFindings } from '../examination/write-findings.ts';
import { ACCOUNT_CONTROL, type Activation, activationAttributes } from '../layout/activation.ts';
import type { PasswordMethod } from '../layout/profile.ts';
import type { Tree } from '../layout/tree.ts';

/** Generalized time (RFC 4517 §3.3.13): a word would be refused for its form, before anybody's rights are looked at. */
const NEVER = '19700101000000Z';
const isTime = (attribute: string): boolean => /time$/i.test(attribute);

/** Takes away values that nobody has: nothing can come of it, and only who may write is told that they are not there. */
function withdrawn(directory: Directory, signal: AbortSignal, dn: string, changes: readonly [string, string][]) {
  const modifications = changes.map(
    ([attribute, value]): Modification => ({ operation: 'delete', attribute, values: [value] }),
  );
  return proofOf(
    directory.write(signal, (session) => session.modify(dn, modifications)),
    [RESULT.noSuchAttribute],
  );
}

/** Asks: the server computes what the account may write there (MS-ADTS §3.1.1.4.5.18). */
async function mayWrite(directory: Directory, signal: AbortSignal, dn: string, name: string): Promise<Proof> {
  const attribute = 'allowedAttributesEffective';
  const entry = await directory.read(signal, (session) => entryAt(session, dn, { attributes: [attribute] }));
  const allowed = (entry?.attributes.get(attribute.toLowerCase()) ?? []).map((one) => String(one).toLowerCase());
  return allowed.includes(name.toLowerCase()) ? 'allowed' : 'denied';
}

function activationProof(
  directory: Directory,
  signal: AbortSignal,
  activation: Activation,
  dn: string,
  member: string,
): Promise<Proof> | undefined {
  if (activation.kind === 'account-control') return mayWrite(directory, signal, dn, ACCOUNT_CONTROL);
  if (activation.kind === 'group')
    return withdrawn(directory, signal, activation.group, [[member, `cn=${randomUUID()}`]]);
  const names = activationAttributes(activation);
  if (names.length === 0) return undefined;
  return withdrawn(
    directory,
    signal,
    dn,
    names.map((name) => [name, isTime(name) ? NEVER : randomUUID()]),
  );
}

/** Of Active Directory's right to reset nobody can tell before a password is set. */
function passwordProof(
  directory: Directory,
  signal: AbortSignal,
  passwords: PasswordMethod,
  dn: string,
): Promise<Proof> | undefined {
  if (passwords === 'unicodePwd') return undefined;
  return withdrawn(directory, signal, dn, [['userPassword', randomUUID()]]);
}

/** @param work  within a sentence: "deactivate people" */
function finding(work: string, proof: Proof | undefined, account: string): Finding {
  if (proof === 'allowed') return ok(work);
  if (proof === 'denied') return failed(`${account} may not ${work}`);
  const why = proof?.code === undefined ? '' : `: the server answers ${resultName(proof.code)}`;
  return warning(`not tried whether ${account} may ${work}${why}; "doctor --write" tries it on a person of its own`);
}

/** What went well in one line: it is read over. */
function summed(findings: readonly Finding[]): readonly Finding[] {
  const good = findings.filter(({ status }) => status === 'ok').map(({ text }) => text);
  const others = findings.filter(({ status }) => status !== 'ok');
  return good.length === 0 ? others : [ok(`may ${good.join(', ')}: tried, and nothing was written`), ...others];
}

async function somebody(directory: Directory, signal: AbortSignal, { users }: Tree): Promise<string | undefined> {
  const search = { base: users.base, scope: 'sub', filter: users.named, attributes: ['1.1'] } as const;
  return directory.cursor(signal, async (session) => {
    for await (const page of session.pages(search, 1)) if (page[0]) return page[0].dn;
    return undefined;
  });
}

/** What the service account may do, tried on entries that are there without changing them. */
export async function rights(
  directory: Directory,
  signal: AbortSignal,
  tree: Tree,
  account: string,
): Promise<readonly Finding[]> {
  const written = await writeFindings(directory, signal, tree, account);
  const writing = written.map((one) => (one.status === 'ok' ? ok('make, change and delete') : one));
  const dn = await somebody(directory, signal, tree);
  if (dn === undefined)
    return summed([
      ...writing,
      warning(`nobody is there to try on whether ${account} may deactivate people and set passwords`),
    ]);
  const { activation, passwords, membership } = tree;
  const switching =
    activation.kind === 'none'
      ? []
      : [
          finding(
            'deactivate people',
            await activationProof(directory, signal, activation, dn, membership.key),
            account,
          ),
        ];
  const setting = finding('set passwords', await passwordProof(directory, signal, passwords, dn), account);
  return summed([...writing, ...switching, setting]);
}
