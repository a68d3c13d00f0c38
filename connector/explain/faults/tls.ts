import type { TlsFault } from '../../scim/fault-code.ts';
import type { Faults } from '../fault.ts';

const ADMIN = "Okta's administrator";
const IMPORT = [
  'On the host of the connector, this writes its authority to a file and prints the commands for the agent, for Linux and Windows:',
  { run: ['scim-connector cert export-ca scim-ca.pem'] },
  'On each host of the agent:',
  {
    on: 'Linux',
    run: [
      'sudo /opt/OktaProvisioningAgent/jre/bin/keytool -importcert -noprompt -alias scim-connector -file scim-ca.pem -keystore /opt/OktaProvisioningAgent/jre/lib/security/cacerts -storepass changeit',
      'sudo systemctl restart OktaProvisioningAgent',
    ],
  },
  {
    on: 'Windows, as administrator',
    run: [
      'cd "C:\\Program Files\\Okta\\On-Premises Provisioning Agent\\current\\jre"',
      'bin\\keytool -importcert -noprompt -alias scim-connector -file scim-ca.pem -keystore lib\\security\\cacerts -storepass changeit',
      'Restart-Service "Okta Provisioning Agent"',
    ],
  },
];

export const TLS_FAULTS: Faults<TlsFault> = {
  'agent-distrusts-certificate': {
    title: "The agent does not trust the connector's certificate",
    meaning:
      "The agent's list of authorities lacks the connector's. It was never imported there, or an upgrade of the agent has replaced the list. The agent hung up before it sent anything.",
    whose: ADMIN,
    fix: [...IMPORT, 'Another agent of the same app needs it too.'],
    retry: 'after the fix',
    example:
      'PKIX path building failed: sun.security.provider.certpath.SunCertPathBuilderException: unable to find valid certification path to requested target',
    patterns: [
      /PKIX path (building|validation) failed/i,
      /SunCertPathBuilderException/i,
      /unable to find valid certification path/i,
      /does not (trust|accept) our (CA|certificate)/,
      /left while TLS was set up/,
      /SSLHandshakeException.*(certificate_unknown|trust)/i,
      /unknown_?ca|certificate_unknown/i,
    ],
    seen: 'the client does not trust our certificate, in the log',
  },
  'agent-certificate-name': {
    title: "The base URL has a name that the connector's certificate does not have",
    meaning:
      'The agent calls the connector by a name or an address that is not in its certificate, and takes it for an impostor.',
    whose: ADMIN,
    fix: [
      'Use a name in the base URL that the certificate has; this lists them:',
      { run: ['scim-connector cert show', 'scim-connector okta sheet'] },
      'Or add the name, and make a new certificate. The authority stays, so that the agent needs nothing:',
      { run: ['names = ["scim1.corp.example"]   # under [tls]', 'scim-connector cert renew'] },
    ],
    retry: 'after the fix',
    example: 'java.security.cert.CertificateException: No subject alternative names matching IP address 10.0.0.5 found',
    patterns: [
      /No (subject alternative (names?|DNS name)|name) matching/i,
      /No subject alternative names present/i,
      /hostname .* (does not|doesn't) match/i,
      /SSLPeerUnverifiedException/i,
      /does not cover ".*": an agent/,
      /which our certificate does not have/,
    ],
  },
  'agent-http-refused': {
    title: 'The agent refuses a base URL without encryption',
    meaning:
      'The base URL in Okta begins with http://, and the agent takes https:// only, unless allowHttp is set in its configuration.',
    whose: ADMIN,
    fix: [
      'Let the base URL begin with https://. This prints it:',
      { run: ['scim-connector okta sheet'] },
      'Test Connector Configuration, then Save.',
    ],
    retry: 'after the fix',
    example: 'http protocol is not supported',
    patterns: [/http protocol is not supported/i, /allowHttp/i],
  },
  'http-on-https-port': {
    title: 'A client speaks http to the https port',
    meaning: 'The base URL in Okta, or that of a monitor, begins with http:// and the connector encrypts.',
    whose: ADMIN,
    fix: ['Let the base URL begin with https://. This prints it:', { run: ['scim-connector okta sheet'] }],
    retry: 'after the fix',
    example: 'a client speaks http: to this https: port: put https:// in its base URL',
    patterns: [/speaks http: to this https: port/, /Unsupported or unrecognized SSL message/i, /plaintext connection/i],
  },
  'tls-handshake-failed': {
    title: 'Agent and connector did not agree on encryption',
    meaning:
      'The connector speaks TLS 1.2 and 1.3. The other side is something else than the agent, very old, or was cut off in the middle.',
    whose: ADMIN,
    fix: [
      'Look which address it is in the log. An agent older than Java 8 needs an upgrade; in its settings.conf:',
      { run: ['JAVA_OPTS="-Dhttps.protocols=TLSv1.2"'] },
    ],
    retry: 'after the fix',
    example: 'javax.net.ssl.SSLHandshakeException: Received fatal alert: handshake_failure',
    patterns: [
      /a TLS handshake failed/,
      /at most: update it, TLS/,
      /shares no cipher or curve/,
      /client at \S+ (does not speak|began no) TLS/,
      /SSLHandshakeException/i,
      /handshake_failure|protocol_version/i,
      /Remote host (closed|terminated).*handshake/i,
      /SSLException/i,
    ],
  },
  'certificate-expired': {
    title: "The connector's certificate has expired",
    meaning:
      "The time of the connector's own certificate, or of its authority, is over, or has not begun by the clock of this host.",
    whose: "the connector's host",
    fix: [
      'Ours renews itself while the connector runs. See it, and make a new one:',
      { run: ['scim-connector cert show', 'scim-connector cert renew'] },
      'Your own (tls.source = "files" or "pfx") has to be put in place anew. A new authority must be imported in each agent.',
    ],
    retry: 'after the fix',
    example: '/etc/scim-connector/tls.pem expired on 2026-11-01: install a new certificate',
    patterns: [
      /expired on \d{4}-\d\d-\d\d: install/,
      /is not valid before \S+: check the clock/,
      /takes our certificate, valid until/,
      /(authority|CA).* has expired/,
      /CertificateExpiredException|NotAfter:/i,
    ],
  },
  'certificate-file-unusable': {
    title: 'The certificate that the configuration names cannot be used',
    meaning:
      'The file cannot be read, holds something else, is not for servers, or does not belong to its key. The text says which.',
    whose: "the connector's configuration",
    fix: [
      'Correct what the text names, and look again:',
      { run: ['scim-connector cert show', 'scim-connector check'] },
      'What such a file must hold: docs/certificates.md.',
    ],
    retry: 'after the fix',
    example:
      '/etc/scim-connector/key.pem does not belong to the certificate in /etc/scim-connector/tls.pem: use the key the certificate was requested with',
    patterns: [
      /does not belong to the certificate/,
      /holds no (private key|certificate|usable certificate)/,
      /cannot be opened \(E\w+\); check its place|holds .+ in PEM form/,
      /is not for servers/,
      /did not issue the one before it/,
      /put it first/,
      /PFX file/,
      /configured passphrase|configure its passphrase/,
      /can be in no certificate/,
      /lacks the private key/,
      /there is no certificate yet/,
      /the configured TLS source needs/,
      /there is no CA of ours/,
    ],
  },
};
