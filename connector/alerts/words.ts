import type { Alert, Message } from './alert.ts';

/** `2026-11-28 02:10:05 UTC` */
const time = (iso: string): string => `${iso.slice(0, 19).replace('T', ' ')} UTC`;

const STATES: Readonly<Record<Alert['state'], string>> = {
  began: '',
  'goes on': 'still: ',
  over: 'over: ',
  happened: '',
  test: 'test: ',
};

/** What happened, on one line. */
export const headline = ({ state, app, text }: Alert): string =>
  `${STATES[state]}${app === undefined ? '' : `app ${app}: `}${text}`;

function when({ since, last, count, state }: Alert): string {
  if (count === 1 && since === last) return time(since);
  const times = count === 1 ? '' : `, ${count} times`;
  return state === 'over'
    ? `from ${time(since)} to ${time(last)}${times}`
    : `since ${time(since)}${times}, last ${time(last)}`;
}

const paragraph = (alert: Alert): string =>
  [
    headline(alert),
    `  when   ${when(alert)}`,
    ...(alert.whose === undefined ? [] : [`  whose  ${alert.whose}`]),
    ...(alert.fix === undefined ? [] : [`  do     ${alert.fix}`]),
    ...(alert.command === undefined ? [] : [`  run    ${alert.command}`]),
    `  event  ${alert.event}`,
  ].join('\n');

/** Subject of a mail, first line of any other text. */
export function subject({ connector, alerts }: Message): string {
  const [first, ...others] = alerts;
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  return `[scim-connector ${connector}] ${first ? headline(first) : ''}${more}`;
}

/** The whole of it, for a person. */
export const bodyText = ({ alerts }: Message): string => `${alerts.map(paragraph).join('\n\n')}\n`;
