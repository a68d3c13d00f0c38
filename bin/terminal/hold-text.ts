import type { KeptHold, KeptMode, KeptRequest } from '../../connector/holds/kept-hold.ts';
import type { HeldChange } from '../../connector/holds/share.ts';
import { onOneLine } from '../../connector/log/printable.ts';
import { table } from './table.ts';
import { counted, toSeconds } from './wording.ts';

const at = (ms: number): string => toSeconds(new Date(ms).toISOString());

const stateOf = ({ outcome }: KeptHold): string => outcome ?? 'open';

export const holdTable = (holds: readonly KeptHold[]): string =>
  table([
    ['ID', 'APP', 'STATE', 'SINCE', 'REQUESTS', 'WHY'],
    ...holds.map((hold) => [
      String(hold.id),
      hold.app,
      stateOf(hold),
      at(hold.opened),
      String(hold.requests + hold.beyond),
      onOneLine(hold.text),
    ]),
  ]);

const changeText = ({ path, before, after }: HeldChange): string =>
  onOneLine(before === undefined ? `${path}: ${after}` : `${path}: ${before} → ${after ?? 'nothing'}`);

const whatOf = ({ operation, changes }: KeptRequest): string =>
  operation === 'delete' ? 'would be deleted' : changes.map(changeText).join('; ') || 'password';

export function holdText(hold: KeptHold, requests: readonly KeptRequest[]): string {
  const { id, app, ended, actor, reason, opened, text, beyond } = hold;
  const end = ended === undefined ? '' : `, ${stateOf(hold)} ${at(ended)} by ${actor}`;
  return [
    `hold ${id} of ${app}, since ${at(opened)}${end}`,
    onOneLine(text),
    ...(reason === undefined ? [] : [`reason: ${onOneLine(reason)}`]),
    '',
    ...(requests.length === 0
      ? ['no request has come since']
      : [
          table([
            ['REQUEST', 'NAME', 'TIMES', 'LAST', 'WHAT IT WOULD DO'],
            ...requests.map((one) => [
              `${one.operation} ${one.type}`,
              onOneLine(one.name || one.id || ''),
              String(one.times),
              at(one.last),
              whatOf(one),
            ]),
          ]),
        ]),
    ...(beyond > 0 ? [`and ${counted(beyond, 'request')} more, which were not kept`] : []),
  ].join('\n');
}

/** @param configured  apps that are read-only by the configuration */
export const modeTable = (modes: readonly KeptMode[], configured: ReadonlySet<string>): string =>
  table([
    ['APP', 'MODE', 'SINCE', 'WHO', 'WHY'],
    ...modes.map(({ app, mode, hold, since, actor, reason }) => [
      app,
      configured.has(app) ? 'read-only' : mode,
      since === undefined ? '' : at(since),
      actor ?? '',
      [
        configured.has(app) ? 'read_only in the configuration' : undefined,
        reason === undefined ? undefined : onOneLine(reason),
        hold === undefined ? undefined : `hold ${hold}`,
      ]
        .filter((part) => part !== undefined)
        .join(', '),
    ]),
  ]);
