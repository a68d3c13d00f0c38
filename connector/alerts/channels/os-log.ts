import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { Alert, Message } from '../alert.ts';
import { type Channel, DeliveryError } from '../channel.ts';
import { headline } from '../words.ts';

const NAME = 'scim-connector';
const JOURNAL_SOCKET = '/run/systemd/journal/socket';
/** Unit: ms. */
const PATIENCE = 10_000;

/** syslog(3). */
const PRIORITY = { info: 6, warning: 4, error: 3 } as const;
const PRIORITY_NAME = { info: 'info', warning: 'warning', error: 'err' } as const;
const EVENT_TYPE = { info: 'INFORMATION', warning: 'WARNING', error: 'ERROR' } as const;

/** A program of the system that writes one entry. */
export interface Writing {
  readonly program: string;
  readonly words: readonly string[];
  readonly input?: string;
}

const textOf = (alert: Alert): string =>
  [headline(alert), alert.whose, alert.fix, alert.command]
    .filter((part) => part !== undefined)
    .join('; ')
    .replaceAll(/\p{Cc}/gu, ' ');

/** systemd.journal-fields(7). */
const journalEntry = (alert: Alert): Writing => ({
  program: 'logger',
  words: ['--journald'],
  input: [
    `MESSAGE=${textOf(alert)}`,
    `PRIORITY=${PRIORITY[alert.severity]}`,
    `SYSLOG_IDENTIFIER=${NAME}`,
    `SCIM_CONNECTOR_EVENT=${alert.event}`,
    ...(alert.app === undefined ? [] : [`SCIM_CONNECTOR_APP=${alert.app}`]),
    '',
  ].join('\n'),
});

const syslogEntry = (alert: Alert): Writing => ({
  program: 'logger',
  words: ['-t', NAME, '-p', `daemon.${PRIORITY_NAME[alert.severity]}`, '--', `event ${alert.event}: ${textOf(alert)}`],
});

const windowsEntry = (alert: Alert): Writing => ({
  program: 'eventcreate',
  words: [
    ...['/L', 'APPLICATION', '/SO', NAME, '/T', EVENT_TYPE[alert.severity]],
    ...['/ID', String(alert.event), '/D', textOf(alert)],
  ],
});

interface Place {
  readonly to: string;
  readonly entry: (alert: Alert) => Writing;
}

/** Where this system keeps its log. */
export function placeOf(platform: NodeJS.Platform, journalSocket = JOURNAL_SOCKET): Place {
  if (platform === 'win32') return { to: 'Windows Event Log', entry: windowsEntry };
  return existsSync(journalSocket)
    ? { to: 'systemd journal', entry: journalEntry }
    : { to: 'syslog', entry: syslogEntry };
}

const run = ({ program, words, input }: Writing): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = execFile(program, [...words], { timeout: PATIENCE, windowsHide: true }, (error) =>
      error ? reject(error) : resolve(),
    );
    // It may have ended before it has read all.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input ?? '');
  });

/** The log that the operating system keeps. */
export class OsLog implements Channel {
  readonly name = 'os_log';
  readonly to: string;
  readonly #place: Place;

  constructor(place: Place = placeOf(process.platform)) {
    this.#place = place;
    this.to = place.to;
  }

  async send({ alerts }: Message): Promise<string> {
    for (const alert of alerts) await this.#write(this.#place.entry(alert));
    return 'written';
  }

  async #write(writing: Writing): Promise<void> {
    try {
      await run(writing);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      const why =
        code === 'ENOENT'
          ? `the program ${writing.program} is not there; install it, or set alerts.os_log.enabled = false`
          : `${writing.program} could not write (${code ?? 'it was stopped'})`;
      throw new DeliveryError('refused', `${this.to}: ${why}`, false, { cause: error });
    }
  }
}
