import { isObject } from '../../../simulator/judgement.ts';
import { changedSince, type Known } from '../../../simulator/payload.ts';
import { verdictWith } from '../findings.ts';
import { type Endpoint, PAGE, pageOf } from '../page.ts';
import type { Patient } from '../patient.ts';
import { failed, type Step, skipped, type Verdict, warning } from '../step.ts';
import { NoReply } from '../wire.ts';

const CAPABILITY = 'OPP_SCIM_INCREMENTAL_IMPORTS';
/** Without anybody known: changed within this time. Unit: ms. */
const LATELY = 3_600_000;

const stampOf = ({ meta }: Known): number => (isObject(meta) ? Date.parse(String(meta['lastModified'])) : Number.NaN);

/** Whoever was changed last. */
const latest = (known: readonly Known[]): Known | undefined =>
  known.filter((one) => !Number.isNaN(stampOf(one))).toSorted((a, b) => stampOf(b) - stampOf(a))[0];

async function changed(
  patient: Patient,
  message: string,
  endpoint: Endpoint,
  known: readonly Known[],
): Promise<Verdict> {
  if (!patient.learnt.capabilities?.includes(CAPABILITY)) return skipped('not offered to Okta');
  const one = latest(known);
  // A stamp of the very second asked for is not later than it.
  const since = new Date((one === undefined ? Date.now() - LATELY : stampOf(one)) - 1000);
  const { total, resources, findings } = await pageOf(patient, { message, endpoint, filter: changedSince(since) });
  if (one !== undefined && total <= PAGE && !resources.some(({ id }) => id === one.id))
    return failed({
      text: `${one.id} was changed after ${since.toISOString().slice(0, 19)}Z and is not among ${total} that were`,
      cause: 'the filter meta.lastModified gt compares otherwise than by time, or in another time zone',
      fix: `Compare in UTC, or leave ${CAPABILITY} out of the capabilities`,
      okta: 'nothing; what changed in between is never imported',
    });
  return verdictWith(findings, `${total.toLocaleString('en')} changed since ${since.toISOString().slice(0, 16)}Z`);
}

/** Everybody may have changed lately, after an initial load for instance; Okta waits longer than we do. */
async function unlessLate(work: Promise<Verdict>): Promise<Verdict> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof NoReply) || error.limit === undefined) throw error;
    return warning(
      `no answer within ${error.limit / 1000} s; Okta waits 30 s or more`,
      'Choose 90 seconds or more in "Timeout for API calls", and try it again when fewer have changed',
    );
  }
}

export const changedUsers: Step = {
  name: 'downloadChangedUsers',
  title: 'Incremental import: users',
  run: (patient) => unlessLate(changed(patient, 'downloadUsers', '/Users', patient.learnt.users ?? [])),
};

/** With `groupDeltaSupported` in the agent's file. */
export const changedGroups: Step = {
  name: 'downloadChangedGroups',
  title: 'Incremental import: groups',
  run: (patient) => unlessLate(changed(patient, 'downloadGroups', '/Groups', patient.learnt.groups ?? [])),
};
