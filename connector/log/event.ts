import type { Log } from './log.ts';

export interface KnownEvent {
  /** Never changes and is never given to another one: monitors are set to it. At most 1000, for the Windows Event Log. */
  readonly id: number;
  readonly level: 'info' | 'warn' | 'error';
  readonly title: string;
}

/**
 * What an operator may want to be told of, each with its number (docs/events.md). 1xx the service, 2xx stores, 3xx
 * certificates, 4xx credentials, 5xx what is kept on disk, 6xx alerts.
 */
export const EVENTS = {
  started: { id: 101, level: 'info', title: 'the connector answers requests' },
  stopped: { id: 102, level: 'info', title: 'the connector has stopped' },
  startedAfterCrash: { id: 103, level: 'warn', title: 'the connector was not stopped but ended, and runs again' },
  bug: { id: 104, level: 'error', title: 'a bug has ended the connector' },
  reloaded: { id: 105, level: 'info', title: 'the configuration was read again and is in force' },
  reloadRefused: { id: 106, level: 'error', title: 'a changed configuration is refused, the one before stays in use' },
  backendDown: { id: 201, level: 'error', title: 'the store of an app cannot be reached' },
  backendUp: { id: 202, level: 'info', title: 'the store of an app is reached again' },
  manyFailures: { id: 203, level: 'error', title: 'many operations of an app fail' },
  fewFailures: { id: 204, level: 'info', title: 'operations of an app succeed again' },
  changesHeld: { id: 205, level: 'error', title: 'the changes of an app are held until an operator has looked' },
  changesFlow: { id: 206, level: 'info', title: 'the changes of an app are held no more' },
  certificateEnds: { id: 301, level: 'warn', title: 'the certificate ends soon' },
  certificateEnded: { id: 302, level: 'error', title: 'the certificate has ended' },
  certificateGood: { id: 303, level: 'info', title: 'the certificate is valid for long enough again' },
  agentDistrusts: { id: 304, level: 'warn', title: 'an agent does not trust the CA of the connector' },
  certificateKept: { id: 305, level: 'warn', title: 'a new certificate cannot be used, the one before stays in use' },
  certificateUnfit: { id: 306, level: 'warn', title: 'an agent refuses the certificate for its names or its time' },
  credentialEnds: { id: 401, level: 'warn', title: 'a token or password ends soon' },
  credentialEnded: { id: 402, level: 'error', title: 'a token or password has ended' },
  credentialGood: { id: 403, level: 'info', title: 'no token or password ends soon any more' },
  credentialsRefused: { id: 404, level: 'warn', title: 'wrong credentials come again and again' },
  credentialsAccepted: { id: 405, level: 'info', title: 'credentials are accepted again' },
  journalFails: { id: 501, level: 'error', title: 'the journal cannot be written' },
  journalWorks: { id: 502, level: 'warn', title: 'the journal is written again' },
  auditFails: { id: 503, level: 'error', title: 'the audit log is not in order' },
  auditAnchor: { id: 504, level: 'info', title: 'the audit log stands at this entry' },
  journalNotShared: {
    id: 505,
    level: 'warn',
    title: 'the journal cannot be copied to the database that connectors share',
  },
  journalShared: { id: 506, level: 'info', title: 'the journal is copied again to the database that connectors share' },
  diskLow: { id: 511, level: 'warn', title: 'the disk is nearly full' },
  diskRoom: { id: 512, level: 'info', title: 'the disk has room again' },
  alertLost: { id: 601, level: 'error', title: 'an alert could not be delivered' },
  alertTest: { id: 602, level: 'info', title: 'this is a test, nothing is wrong' },
} as const satisfies Readonly<Record<string, KnownEvent>>;

export type EventName = keyof typeof EVENTS;

/** Writes a line with the event's number. @param text  in place of its title */
export function logEvent(log: Log, name: EventName, fields: object = {}, text?: string): void {
  const { id, level, title } = EVENTS[name];
  log[level]({ event: id, ...fields }, text ?? title);
}
