import { type Failed, failed } from '../step.ts';
import { javaText } from './okta-words.ts';

export interface JavaFailure {
  /** The exception with its causes, as the agent's Java printed it. */
  readonly said: string;
  readonly store: string;
  /** Which the certificate must have. */
  readonly called: string;
  readonly told: string;
  readonly isOurs: boolean;
  /** Names the agent when a command is to be copied, or is empty. */
  readonly flag: string;
}

type Told = Pick<Failed, 'text' | 'cause' | 'fix' | 'command'>;

const untrusted = ({ store, isOurs, flag }: JavaFailure): Told => ({
  text: "the agent's Java does not trust the certificate",
  cause: `its truststore ${store} does not lead to it: never imported there, or taken away by an upgrade of the agent`,
  fix: isOurs
    ? 'Import our CA there, then start the agent again'
    : 'Import the authority of that server there, then start the agent again',
  ...(isOurs ? { command: `scim-connector trust install${flag}` } : {}),
});

const named = ({ called, isOurs }: JavaFailure): Told => ({
  text: `the agent's Java finds that the certificate is not for ${called}`,
  cause: 'the base URL calls the server by a name or an address that its certificate does not have',
  fix: 'Use a name in the base URL that the certificate has, or add the missing one to tls.names; this lists them',
  ...(isOurs ? { command: 'scim-connector cert show' } : {}),
});

const expired = ({ isOurs }: JavaFailure): Told => ({
  text: "the agent's Java finds that the certificate is not valid today",
  cause: 'it has expired, or the clock of one of the two hosts is wrong',
  fix: 'Compare the dates of the certificate with "date -u" on both hosts, and renew it if it is over',
  ...(isOurs ? { command: 'scim-connector cert renew' } : {}),
});

const other = ({ said }: JavaFailure): Told => ({
  text: "the agent's Java cannot set up TLS with it",
  cause: said.slice(0, 200),
  fix: 'Look whether the agent is up to date: it needs TLS 1.2 and elliptic curves at least',
});

const KINDS: readonly (readonly [RegExp, (failure: JavaFailure) => Told])[] = [
  [
    /PKIX path building failed|trustAnchors parameter must be non-empty|unable to find valid certification path/,
    untrusted,
  ],
  [/No subject alternative|No name matching/, named],
  [/validity check failed|CertificateExpired|CertificateNotYetValid|NotAfter|NotBefore/, expired],
];

/** What a failed handshake of the agent's own Java means. */
export function javaFailure(failure: JavaFailure): Failed {
  const [, tell = other] = KINDS.find(([pattern]) => pattern.test(failure.said)) ?? [];
  const [first = failure.said] = failure.said.split(' | ');
  return failed({ ...tell(failure), okta: javaText(failure.told, first) });
}

/** The same, told from the truststore alone. */
export const notInStore = (failure: Omit<JavaFailure, 'said'>): Failed =>
  javaFailure({
    ...failure,
    said: 'javax.net.ssl.SSLHandshakeException: PKIX path building failed: sun.security.provider.certpath.SunCertPathBuilderException: unable to find valid certification path to requested target',
  });
