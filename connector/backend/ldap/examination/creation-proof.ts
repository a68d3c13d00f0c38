import { randomUUID } from 'node:crypto';
import { formatRdn, rdnText } from '../directory/dn.ts';
import { entryAt } from '../directory/entry-at.ts';
import { RESULT } from '../directory/result-code.ts';
import type { Directory } from '../directory/session.ts';
import type { Branch } from '../layout/branch.ts';
import type { Tree } from '../layout/tree.ts';
import type { ProfileName } from '../settings/defaults.ts';
import { type Proof, proofOf } from './change-proof.ts';

interface Place {
  readonly directory: Directory;
  readonly signal: AbortSignal;
  readonly branch: Branch;
  readonly base: string;
  /** DN of an entry of the branch, where there is one. */
  readonly sample: string | undefined;
}

const UNKNOWN: Proof = { code: undefined };

/** Nothing is ever there. */
const nowhere = (base: string): string => `${formatRdn({ attribute: 'ou', value: randomUUID() })},${base}`;

/** Moves an entry to nowhere: that its parent may not be written is told before that the new one is missing. */
function byMove({ directory, signal, base, sample }: Place): Promise<Proof> {
  if (sample === undefined) return Promise.resolve(UNKNOWN);
  return proofOf(
    directory.write(signal, (session) => session.rename(sample, rdnText(sample), nowhere(base))),
    [RESULT.noSuchObject],
  );
}

/** Adds an entry below nothing: that it may not be added is told before that its parent is missing. */
function byAdd({ directory, signal, branch, base }: Place): Promise<Proof> {
  const { attribute } = branch.rdn;
  const value = randomUUID();
  const entry = { objectClass: branch.objectClasses, [attribute]: [value] };
  return proofOf(
    directory.write(signal, (session) => session.add(`${formatRdn({ attribute, value })},${nowhere(base)}`, entry)),
    [RESULT.noSuchObject, RESULT.objectClassViolation],
  );
}

/** Asks: the server computes which classes the account may add there (MS-ADTS §3.1.1.4.5.22). */
async function byQuestion({ directory, signal, branch, base }: Place): Promise<Proof> {
  const attribute = 'allowedChildClassesEffective';
  const entry = await directory.read(signal, (session) => entryAt(session, base, { attributes: [attribute] }));
  const allowed = (entry?.attributes.get(attribute.toLowerCase()) ?? []).map((name) => String(name).toLowerCase());
  return branch.objectClasses.some((name) => allowed.includes(name.toLowerCase())) ? 'allowed' : 'denied';
}

const PROOFS: Readonly<Record<ProfileName, (place: Place) => Promise<Proof>>> = {
  openldap: byMove,
  '389ds': byAdd,
  'active-directory': byQuestion,
  generic: async () => UNKNOWN,
};

/** Whether entries may be made below `base`, by what this kind of directory tells without making one. */
export const creationProof = ({ profile }: Tree, place: Place): Promise<Proof> => PROOFS[profile.name](place);
