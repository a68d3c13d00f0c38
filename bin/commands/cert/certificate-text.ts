import type { CertificateInUse } from '../../../connector/operations/certificate/certificate-in-use.ts';
import { table } from '../../terminal/table.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { toSeconds } from '../../terminal/wording.ts';

/** Unit: ms. */
const DAY = 86_400_000;

function remaining(end: Date, now: number): string {
  const days = Math.floor((end.getTime() - now) / DAY);
  if (end.getTime() <= now) return 'expired';
  return days === 1 ? '1 day left' : `${days} days left`;
}

function json({ source, certificate, authority }: CertificateInUse): object {
  if (!authority) return { source, ...certificate };
  const { file, fingerprint256, notAfter } = authority;
  return { source, ...certificate, ca: { file, fingerprint256, notAfter } };
}

function rows({ source, certificate, authority }: CertificateInUse): readonly (readonly [string, string])[] {
  const { subject, issuer, names, notBefore, notAfter, fingerprint256 } = certificate;
  return [
    ['source', source],
    ['subject', subject],
    ['issuer', issuer],
    ['names', names.join(', ')],
    ['valid from', toSeconds(notBefore.toISOString())],
    ['valid until', `${toSeconds(notAfter.toISOString())}, ${remaining(notAfter, Date.now())}`],
    ['SHA-256', fingerprint256],
    ...(authority
      ? ([
          ['CA file', authority.file],
          ['CA SHA-256', authority.fingerprint256],
          ['CA valid until', toSeconds(authority.notAfter.toISOString())],
          ['CA limited to', authority.permitted.join(', ')],
        ] as const)
      : []),
  ];
}

export function printCertificate(inUse: CertificateInUse, terminal: Terminal): void {
  if (terminal.json) terminal.printJson(json(inUse));
  else terminal.print(table(rows(inUse)));
}
