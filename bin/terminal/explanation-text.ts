import { styleText } from 'node:util';
import { onOneLine } from '../../connector/log/printable.ts';
import type { Explanation, Missing } from '../../connector/operations/explain/explain.ts';
import type { ListedArea } from '../../connector/operations/explain/list-faults.ts';
import type { ToldFault } from '../../connector/operations/explain/told-fault.ts';
import { wrap } from './line-width.ts';
import { recordLine } from './record/record-line.ts';
import { recordText } from './record/record-text.ts';
import { table } from './table.ts';

const RETRY: Readonly<Record<ToldFault['retry'], string>> = {
  now: 'helps, as it is',
  'after the fix': 'helps after the fix, not before',
  itself: 'is not needed: Okta repeats it by itself',
  no: 'does not help',
};

const strong = (text: string): string => styleText('bold', text, { stream: process.stdout });

/** Sentences, and commands below them, which are never broken. */
function steps(fix: ToldFault['fix'], width: number): readonly string[] {
  return fix.flatMap((step) => {
    if (typeof step === 'string') return [wrap(`  ${step}`, width)];
    const on = step.on === undefined ? [] : [`    on ${step.on}:`];
    return [...on, ...step.run.map((command) => `    ${step.on === undefined ? '' : '  '}${command}`)];
  });
}

/** One fault at length. */
export function faultText({ code, title, meaning, whose, fix, retry, seen, page }: ToldFault, width: number): string {
  const rows = [
    ['Whose fault', whose],
    ["Okta's Retry", RETRY[retry]],
    ...(seen === undefined ? [] : [['Also seen as', seen]]),
  ];
  return [
    strong(wrap(`${title} (${code})`, width)),
    wrap(`  ${meaning}`, width),
    '',
    table(rows, width),
    'Fix',
    ...steps(fix, width),
    '',
    `More: ${page}`,
  ].join('\n');
}

const NEVER_KEPT =
  'It was pruned, it is of another host or another configuration, or the service did not run here then.';

function missingText(reference: string, missing: Missing, width: number): string {
  const text =
    missing.kind === 'absent'
      ? `The journal has no record of ${reference}. ${NEVER_KEPT}`
      : `The journal could not be asked for ${reference}: ${onOneLine(missing.why)}`;
  return wrap(text, width);
}

function taskText({ message, status, said }: NonNullable<Explanation['task']>, width: number): string {
  const rows = [
    ...(message === undefined ? [] : [['Okta called', message]]),
    ...(status === undefined ? [] : [['HTTP status', String(status)]]),
    ...(said === undefined ? [] : [['It was told', onOneLine(said)]]),
  ];
  return table(rows, width);
}

/** What is told of a question, in paragraphs. */
export function explanationText(explanation: Explanation, width: number): string {
  const { found, reference, records, missing, task, fault, possible, around } = explanation;
  const parts: string[] = [];
  for (const record of records) parts.push(recordText(record, width));
  if (reference !== undefined && missing) parts.push(missingText(reference, missing, width));
  if (records.length === 0 && task) parts.push(taskText(task, width));
  if (records.length > 0 && records.every(({ outcome }) => outcome === 'done') && !fault)
    parts.push('It was done: there is no fault to explain.');
  if (fault) parts.push(faultText(fault, width));
  if (possible.length > 0) {
    const rows = possible.map(({ code, title }) => [`  ${code}`, title]);
    parts.push(
      `${found ? 'It may also be' : 'It may be one of these; "explain CODE" tells more of each'}\n${table(rows, width)}`,
    );
  }
  const isReferenceAlone = missing !== undefined && task === undefined;
  if (!found && possible.length === 0 && !isReferenceAlone)
    parts.push(
      wrap(
        'Nothing is known of this text. Look at "scim-connector explain codes", or give the whole text of the task.',
        width,
      ),
    );
  if (around.length > 0)
    parts.push(
      [
        'Shortly before and after, of the same person or group',
        ...around.map((record) => recordLine(record, { width })),
      ].join('\n'),
    );
  return parts.join('\n\n');
}

/** All codes, by area. */
export const faultList = (list: readonly ListedArea[]): string =>
  list
    .map(({ area, faults }) => `${strong(area)}\n${table(faults.map(({ code, title }) => [`  ${code}`, title]))}`)
    .join('\n\n');
