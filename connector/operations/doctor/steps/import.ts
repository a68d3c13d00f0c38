import { shapeFailure } from '../diagnosis/shape-failure.ts';
import { verdictWith } from '../findings.ts';
import { type Asked, type Endpoint, PAGE, type Page, pageOf } from '../page.ts';
import type { Patient } from '../patient.ts';
import { type Step, StepFailed, type Verdict } from '../step.ts';

interface Imported {
  readonly first: Page;
  readonly pages: number;
  readonly findings: readonly string[];
}

/** Where the pages begin that are read besides the first: one in the middle and the last. */
function otherPages(total: number): readonly number[] {
  const pages = Math.ceil(total / PAGE);
  const begins = [Math.floor(pages / 2), pages - 1].map((page) => page * PAGE + 1);
  return [...new Set(begins)].filter((begin) => begin > 1);
}

/** Nobody is on two pages, and the first one is the same when it is read again: else an import loses people. */
function checkStable(pages: readonly Page[], again: Page): void {
  const seen = new Set<string>();
  for (const { resources, reply } of pages)
    for (const { id } of resources) {
      if (seen.has(id)) throw new StepFailed(shapeFailure(reply, 'twice', `${id} came twice`));
      seen.add(id);
    }
  const [first] = pages;
  // Somebody may have been made meanwhile.
  if (first === undefined || first.total !== again.total) return;
  const moved = again.resources.findIndex(({ id }, i) => first.resources[i]?.id !== id);
  if (moved >= 0)
    throw new StepFailed(
      shapeFailure(
        again.reply,
        'twice',
        `the first page read again has ${again.resources[moved]?.id} in another place`,
      ),
    );
}

/** As much of an import as is needed to judge it: of a hundred thousand three pages. */
async function imported(patient: Patient, asked: Asked): Promise<Imported> {
  const first = await pageOf(patient, asked);
  const pages = [first];
  for (const startIndex of otherPages(first.total)) pages.push(await pageOf(patient, { ...asked, startIndex }));
  checkStable(pages, await pageOf(patient, asked));
  return { first, pages: pages.length, findings: pages.flatMap(({ findings }) => findings) };
}

const told = ({ first: { total }, pages, findings }: Imported, noun: string): Verdict => {
  const all = Math.max(1, Math.ceil(total / PAGE));
  const read = pages === all ? `${all} page${all === 1 ? '' : 's'}` : `${pages} of ${all} pages`;
  return verdictWith(findings, `${total.toLocaleString('en')} ${noun}${total === 1 ? '' : 's'}, ${read} read`);
};

const asking = (message: string, endpoint: Endpoint): Asked => ({ message, endpoint });

export const downloadGroups: Step = {
  name: 'downloadGroups',
  title: 'Import Now: groups',
  run: async (patient) => {
    const found = await imported(patient, asking('downloadGroups', '/Groups'));
    patient.learnt.groups = found.first.resources;
    patient.learnt.totalGroups = found.first.total;
    return told(found, 'group');
  },
};

export const downloadUsers: Step = {
  name: 'downloadUsers',
  title: 'Import Now: users',
  run: async (patient) => {
    const found = await imported(patient, asking('downloadUsers', '/Users'));
    patient.learnt.users = found.first.resources;
    patient.learnt.totalUsers = found.first.total;
    return told(found, 'user');
  },
};
