import type { EventName } from '../log/event.ts';

/** What somebody is told of an event. */
export interface Rule {
  /** It lasts until this event. Without: it is done at once. */
  readonly until?: EventName;
  /** It changes over days: a reminder each day is enough. */
  readonly slow?: true;
  readonly whose: string;
  readonly fix: string;
  /** Verb of the command line. */
  readonly verb?: string;
}

/** The events that are alerts. What ends one is told as its end. */
export const RULES: Readonly<Partial<Record<EventName, Rule>>> = {
  startedAfterCrash: {
    whose: 'this machine, or a bug of the connector',
    fix: 'see the last lines of the log before the start; report a line that speaks of a bug',
  },
  reloadRefused: {
    whose: 'the configuration file',
    fix: 'mend what the text names, and reload',
    verb: 'check',
  },
  backendDown: {
    until: 'backendUp',
    whose: 'the directory or database, or the network to it; not Okta',
    fix: 'see what check says of the backend; Okta repeats by itself what was answered 429 meanwhile',
    verb: 'check',
  },
  manyFailures: {
    until: 'fewFailures',
    whose: 'mostly the data that Okta sends, or the mapping',
    fix: 'see which fail and why',
    verb: 'status',
  },
  changesHeld: {
    until: 'changesFlow',
    whose: 'whoever answers for the people of the app: a mass change was stopped, or an operator ordered it',
    fix: 'see what would be done, then hold release ID or hold reject ID; Okta repeats for some 34 hours',
    verb: 'hold list',
  },
  certificateEnds: {
    until: 'certificateGood',
    slow: true,
    whose: 'the certificate of the connector',
    fix: 'put a new one where [tls] names it and reload; our own is made by cert renew',
    verb: 'cert show',
  },
  certificateEnded: {
    until: 'certificateGood',
    slow: true,
    whose: 'the certificate of the connector: agents refuse it',
    fix: 'put a new one where [tls] names it and reload; our own is made by cert renew',
    verb: 'cert show',
  },
  agentDistrusts: {
    whose: 'the truststore of the agent',
    fix: "import the connector's CA there, and restart the agent",
    verb: 'cert export-ca',
  },
  certificateKept: {
    whose: 'the certificate that [tls] names',
    fix: 'mend what the text names, and reload',
    verb: 'cert show',
  },
  certificateUnfit: {
    whose: 'the names of the certificate, or the clock of the agent',
    fix: 'do what the text says',
    verb: 'cert show',
  },
  credentialEnds: {
    until: 'credentialGood',
    slow: true,
    whose: 'the credential that Okta logs in with',
    fix: 'make a new one, enter it in Okta, then revoke the old one',
    verb: 'token list',
  },
  credentialEnded: {
    until: 'credentialGood',
    slow: true,
    whose: 'the credential that Okta logs in with',
    fix: 'make a new one and enter it in Okta, or revoke it if nobody uses it',
    verb: 'token list',
  },
  credentialsRefused: {
    until: 'credentialsAccepted',
    whose: 'the settings of the app in Okta, or somebody who guesses',
    fix: 'if the address is an agent, enter the credential in Okta again; if not, keep it off the port',
    verb: 'token list',
  },
  journalFails: {
    until: 'journalWorks',
    whose: 'the disk or the file system of state_dir',
    fix: 'see what the text names; changes go on, their records are missing',
    verb: 'check',
  },
  auditFails: {
    whose: 'whoever may write to state_dir, or its disk',
    fix: 'see which entries are missing or changed',
    verb: 'audit verify',
  },
  diskLow: {
    until: 'diskRoom',
    slow: true,
    whose: 'the disk of state_dir',
    fix: 'free some space: without it changes are refused',
  },
};

/** What an event ends. */
export const endedBy = (name: EventName): readonly EventName[] =>
  Object.entries(RULES)
    .filter(([, rule]) => rule.until === name)
    .map(([begun]) => begun as EventName);
