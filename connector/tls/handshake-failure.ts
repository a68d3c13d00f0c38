/**
 * What a failed handshake means, in words for whoever runs the connector. Alerts are those of RFC 8446 §6.2, as OpenSSL
 * words them. Java answers certificate_unknown to whatever it does not like of a certificate, OpenSSL and curl say
 * unknown_ca, Go and others bad_certificate; Node says nothing and leaves.
 */
import { covers } from './host-names.ts';

export type HandshakeFailureKind =
  | 'untrusted'
  | 'wrong name'
  /** Untrusted or a wrong name: nothing tells which. */
  | 'not accepted'
  | 'expired'
  | 'old protocol'
  | 'no shared cipher'
  | 'http'
  | 'no TLS'
  | 'silence'
  /** In the middle of the handshake, without a word. */
  | 'left'
  | 'other';

/** Codes in the catalogue of faults. */
const FAULTS: Readonly<Record<HandshakeFailureKind, string>> = {
  untrusted: 'agent-distrusts-certificate',
  'wrong name': 'agent-certificate-name',
  'not accepted': 'agent-distrusts-certificate',
  expired: 'certificate-expired',
  'old protocol': 'tls-handshake-failed',
  'no shared cipher': 'tls-handshake-failed',
  http: 'http-on-https-port',
  'no TLS': 'tls-handshake-failed',
  silence: 'tls-handshake-failed',
  // As Node does, and Java and curl now and then: what they send is lost when they close too soon.
  left: 'agent-distrusts-certificate',
  other: 'tls-handshake-failed',
};

/** The certificate that was shown. */
export interface ShownCertificate {
  /** Signed by our own CA. */
  readonly ours: boolean;
  readonly names: readonly string[];
  readonly notAfter: Date;
}

/** A handshake that failed, as far as this side knows. */
export interface FailedHandshake {
  readonly address: string;
  /** OpenSSL's words, or Node's. Absent: the client left. */
  readonly words?: string;
  /** What the client called us (RFC 6066 §3, server_name). */
  readonly called?: string;
  /** Address of ours that it came to. */
  readonly reached?: string;
  /** The newest version that both know, or that the client asked for. */
  readonly protocol?: string;
}

export interface HandshakeDiagnosis {
  readonly kind: HandshakeFailureKind;
  readonly fault: string;
  /** One sentence that names the address and the fix. */
  readonly text: string;
}

const IMPORT = {
  true: 'run "scim-connector cert export-ca" and import it there',
  false: 'import the CA that signed it there',
} as const;

const WORDS: readonly (readonly [pattern: RegExp, kind: HandshakeFailureKind])[] = [
  [/alert unknown ca/i, 'untrusted'],
  [
    /alert (certificate unknown|bad certificate|unsupported certificate|certificate revoked|access denied)/i,
    'not accepted',
  ],
  [/alert certificate expired/i, 'expired'],
  [/http request|https proxy request/i, 'http'],
  [/unsupported protocol|alert protocol version|version too low/i, 'old protocol'],
  [/no shared cipher|no suitable (key share|signature algorithm)|no shared group/i, 'no shared cipher'],
  [
    /wrong version number|unexpected message|unknown protocol|bad record type|record layer failure|packet length/i,
    'no TLS',
  ],
  [/handshake timeout/i, 'silence'],
];

/** What stands in a certificate's place for names cannot hold more than these. */
const SHOWABLE = /^[A-Za-z0-9._-]{1,253}$/;

function kindOf({ words, called, reached }: FailedHandshake, { names }: ShownCertificate): HandshakeFailureKind {
  if (words === undefined) return 'left';
  const kind = WORDS.find(([pattern]) => pattern.test(words))?.[1] ?? 'other';
  if (kind !== 'not accepted') return kind;
  if (called !== undefined) return covers(names, called) ? 'untrusted' : 'wrong name';
  // Called by an address, or by a name without dots, of which Java tells nothing.
  return reached !== undefined && covers(names, reached) ? 'untrusted' : 'not accepted';
}

function sentence(
  kind: HandshakeFailureKind,
  failed: FailedHandshake,
  { ours, names, notAfter }: ShownCertificate,
): string {
  const { address, called = '', protocol } = failed;
  const importing = IMPORT[`${ours}`];
  const shown = names.length > 4 ? `${names.slice(0, 4).join(', ')} …` : names.join(', ');
  switch (kind) {
    case 'untrusted':
      return `the agent at ${address} does not trust our ${ours ? 'CA' : 'certificate'}: ${importing}`;
    case 'wrong name': {
      const name = SHOWABLE.test(called) ? `"${called}"` : 'a name';
      return `the agent at ${address} calls us ${name}, which our certificate does not have: add it to tls.names, or use one of ${shown}`;
    }
    case 'not accepted':
      return `the agent at ${address} does not accept our certificate: ${importing}, or let it call one of ${shown}`;
    case 'expired':
      return `the agent at ${address} takes our certificate, valid until ${notAfter.toISOString().slice(0, 10)}, for expired: set its clock right, or renew ours (cert renew)`;
    case 'old protocol':
      return `the client at ${address} speaks ${protocol ?? 'an old version'} at most: update it, TLS 1.2 is the least`;
    case 'no shared cipher':
      return `the client at ${address} shares no cipher or curve with us: update it, or allow it ECDHE with AES-GCM`;
    case 'http':
      return `the client at ${address} speaks http: to this https: port: put https:// in its base URL`;
    case 'no TLS':
      return `the client at ${address} does not speak TLS: it may be a scanner, or a program at the wrong port`;
    case 'silence':
      return `the client at ${address} began no TLS, or did not end it, in time`;
    case 'left':
      return `the client at ${address} left while TLS was set up; if it is an agent, it may not trust our certificate: ${importing}`;
    case 'other':
      return `a TLS handshake failed with the client at ${address}`;
  }
}

export function diagnoseHandshake(failed: FailedHandshake, shown: ShownCertificate): HandshakeDiagnosis {
  const kind = kindOf(failed, shown);
  return { kind, fault: FAULTS[kind], text: sentence(kind, failed, shown) };
}
