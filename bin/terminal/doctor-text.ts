import { styleText } from 'node:util';
import { onOneLine } from '../../connector/log/printable.ts';
import type { Tried, Verdict } from '../../connector/operations/doctor/step.ts';
import { padTo, wrap } from './line-width.ts';
import { counted } from './wording.ts';

const MARKS = {
  ok: ['green', '✓'],
  warning: ['yellow', '!'],
  failed: ['red', '✗'],
  skipped: ['gray', '-'],
} as const satisfies Record<Verdict['status'], readonly [string, string]>;

/** The longest title, and the mark before it. Unit: columns. */
const TEXT_AT = 34;
/** Of what stands below a line: its word, and where its sentence begins. Unit: columns. */
const WORD_AT = 4;
const SENTENCE_AT = 11;

export interface DoctorTextOptions {
  readonly width: number;
  /** A command as it is typed here. */
  readonly command: (line: string) => string;
}

/** Continued below its beginning. */
const hung = (text: string, column: number, width: number): string =>
  wrap(' '.repeat(column) + onOneLine(text), width).slice(column);

const below = (word: string, text: string, width: number): string =>
  `${' '.repeat(WORD_AT)}${padTo(word, SENTENCE_AT - WORD_AT)}${hung(text, SENTENCE_AT, width)}`;

/** Never broken: it is copied. */
const commandLines = (command: string, { command: typed }: DoctorTextOptions): readonly string[] =>
  command.split('\n').map((line) => ' '.repeat(SENTENCE_AT) + typed(line));

function remedyLines(verdict: Verdict, options: DoctorTextOptions): readonly string[] {
  if (verdict.status === 'skipped' || verdict.status === 'ok') return [];
  const { fix, command } = verdict;
  return [
    ...(verdict.status === 'failed' ? [below('Cause', verdict.cause, options.width)] : []),
    ...(fix === undefined ? [] : [below('Fix', fix, options.width)]),
    ...(command === undefined ? [] : commandLines(command, options)),
    ...(verdict.status === 'failed' && verdict.okta !== undefined ? [below('Okta', verdict.okta, options.width)] : []),
  ];
}

/** One step that was tried; below a red one cause, fix, and what Okta's admin would have seen. */
export function tryLines({ step, verdict, duration }: Tried, options: DoctorTextOptions): string {
  const [color, sign] = MARKS[verdict.status];
  const time = verdict.status === 'skipped' ? '' : ` (${Math.round(duration)} ms)`;
  const title = padTo(step.title, TEXT_AT - 3);
  const line = `${styleText(color, sign, { stream: process.stdout })} ${title} ${hung(verdict.text + time, TEXT_AT, options.width)}`;
  return [line, ...remedyLines(verdict, options)].join('\n');
}

const NEXT = 'Next, in Okta: Test Connector Configuration, then Save.';

/** How many of which, and what to do next. */
export function summaryLines(tried: readonly Tried[], next: string, options: DoctorTextOptions): string {
  const count = (status: Verdict['status']): number => tried.filter(({ verdict }) => verdict.status === status).length;
  const seconds = tried.reduce((total, { duration }) => total + duration, 0) / 1000;
  const skipped = count('skipped');
  const counts = [
    `${count('ok')} green`,
    counted(count('warning'), 'warning'),
    `${count('failed')} red`,
    ...(skipped > 0 ? [`${skipped} not tried`] : []),
  ].join(', ');
  const first = tried.find(({ verdict }) => verdict.status === 'failed');
  const head = `\n${counts}, in ${seconds.toFixed(1)} s.`;
  if (first?.verdict.status !== 'failed') return `${head}\n${wrap(next, options.width)}`;
  const { fix, command } = first.verdict;
  return [
    head,
    wrap(`First of all, for "${first.step.title}": ${fix}.`, options.width),
    ...(command === undefined ? [] : commandLines(command, options)),
  ].join('\n');
}

export interface Tries {
  /** Another server than ours. */
  readonly isTarget: boolean;
  readonly isWritten: boolean;
  /** Nothing was tried, only cleared up. */
  readonly isClean: boolean;
}

export function nextStep({ isTarget, isWritten, isClean }: Tries): string {
  if (isClean) return 'Nothing of doctor is left there.';
  if (!isTarget) return NEXT;
  return `This server does what Okta asks of it${isWritten ? '' : ', as far as reading goes'}.`;
}
