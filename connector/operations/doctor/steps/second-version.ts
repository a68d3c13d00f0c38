import { spokenAt } from '../../../protocol/protocols.ts';
import { clientsOf } from '../admitted.ts';
import { failureVerdict } from '../diagnosis/failure-verdict.ts';
import { verdictWith } from '../findings.ts';
import { type Endpoint, PAGE, pageOf } from '../page.ts';
import type { Patient } from '../patient.ts';
import { failed, ok, type Step, skipped, type Verdict } from '../step.ts';
import { testConnector } from './capabilities.ts';
import { findsNobody, findsSomebody, getGroup, importProfile } from './lookup.ts';

/** One page, with those that were on it in the other version: who moves from one to the other must find everybody again. */
const firstPage = (endpoint: Endpoint, message: string, title: string): Step => ({
  name: message,
  title,
  run: async (patient) => {
    const known = (endpoint === '/Users' ? patient.learnt.users : patient.learnt.groups) ?? [];
    const { resources, findings } = await pageOf(patient, { message, endpoint });
    const there = new Set(resources.map(({ id }) => id));
    const lost = known.find(({ id }) => !there.has(id));
    // Somebody may have been removed meanwhile.
    if (lost !== undefined && resources.length >= known.length)
      return failed({
        text: `${lost.id} is not on the first page, where the other version has it`,
        cause: 'the two versions do not list the same people in the same order',
        fix: 'Do not move an app from one to the other; compare both, and report it',
        command: `curl -sk -H 'Authorization: …' '${patient.oktaUrl}${endpoint}?count=${PAGE}'`,
      });
    return verdictWith(findings, `${resources.length} with the same ids`);
  },
});

/** What Okta or Entra ask first at the other base URL, of the people that were seen at this one. */
const TRIED: readonly Step[] = [
  testConnector,
  firstPage('/Groups', 'downloadGroups', 'Import Now: groups'),
  firstPage('/Users', 'downloadUsers', 'Import Now: users'),
  findsNobody,
  findsSomebody,
  importProfile,
  getGroup,
];

/** Unit: ms. */
const LIMIT = 10_000;

const beside = (baseUrl: string, path: string): string =>
  baseUrl.slice(0, baseUrl.lastIndexOf('/')) + path.slice(path.lastIndexOf('/'));

/** Where the app is served in a further version of SCIM, if it is. */
function further({ own, baseUrl, speech }: Patient): string | undefined {
  const other = own && spokenAt(own.app).find(({ protocol }) => protocol.version !== speech.version);
  return other && beside(baseUrl, other.path);
}

async function tried(patient: Patient): Promise<Verdict> {
  let doubtful: Verdict | undefined;
  for (const step of TRIED) {
    const verdict = await step.run(patient).catch((error: unknown) => failureVerdict(error, patient));
    if (verdict.status === 'failed') return { ...verdict, text: `${step.title}: ${verdict.text}` };
    if (verdict.status === 'warning') doubtful ??= { ...verdict, text: `${step.title}: ${verdict.text}` };
  }
  const { capabilities = [] } = patient.learnt;
  return doubtful ?? ok(`the same people and ids at ${patient.oktaUrl}/; ${capabilities.length} functions for Okta`);
}

/** The same people in the other version of SCIM: for entitlements, schema import, Microsoft Entra. */
export const secondVersion: Step = {
  name: 'secondVersion',
  title: 'SCIM 2.0, for Entra and others',
  limit: LIMIT,
  run: async (patient) => {
    const baseUrl = further(patient);
    if (baseUrl === undefined)
      return skipped(patient.own ? 'versions of the app has one alone' : 'only for a connector of ours');
    const { own, oktaUrl } = patient;
    const reached = { ...patient, baseUrl, oktaUrl: beside(oktaUrl, baseUrl) };
    const clients = clientsOf({ ...reached, ...(own ? { own } : {}) }, LIMIT);
    try {
      return await tried({ ...reached, ...clients, learnt: { ...patient.learnt } });
    } finally {
      clients.agent.close();
      clients.wire.close();
    }
  },
};
