/** Is a customer's certificate one that an agent will accept? */
import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { rootCertificates } from 'node:tls';
import { CertificateError } from '../certificate-error.ts';
import { isLocal, normalName } from '../host-names.ts';
import { namesOf, oneLine } from '../pem.ts';

const DAY = 86_400_000;
/** Unit: ms. */
const ENDS_SOON = 30 * DAY;
const SERVER_AUTH = '1.3.6.1.5.5.7.3.1';

export interface Judged {
  /** As the server sends it: its own certificate first. */
  readonly chain: readonly [X509Certificate, ...X509Certificate[]];
  /** Named in every message. */
  readonly file: string;
  readonly names?: readonly string[] | undefined;
  readonly listenHost?: string | undefined;
}

/** Warnings. @throws CertificateError the certificate cannot be used at all */
export function judgeChain({ chain, file, names, listenHost }: Judged, now: number): string[] {
  const [leaf] = chain;
  const from = leaf.validFromDate;
  const until = leaf.validToDate;
  if (until.getTime() <= now) throw new CertificateError(`${file} expired on ${day(until)}: install a new certificate`);
  if (from.getTime() > now) throw new CertificateError(`${file} is not valid before ${day(from)}: check the clock`);
  if (leaf.keyUsage !== undefined && !leaf.keyUsage.includes(SERVER_AUTH)) {
    throw new CertificateError(`${file} is not for servers: ask for extended key usage "serverAuth"`);
  }
  chain.slice(1).forEach((issuer, index) => {
    if (chain[index]?.checkIssued(issuer)) return;
    throw new CertificateError(
      `${file}: certificate ${index + 2} did not issue the one before it: put the server's first, then each issuer`,
    );
  });
  const warnings: string[] = [];
  if (until.getTime() - now < ENDS_SOON) warnings.push(`${file} expires on ${day(until)}: renew it`);
  for (const { subject, validToDate } of chain.slice(1)) {
    if (validToDate.getTime() - now >= ENDS_SOON) continue;
    const verb = validToDate.getTime() <= now ? 'expired' : 'expires';
    warnings.push(`${file}: the issuer ${oneLine(subject)} ${verb} on ${day(validToDate)}`);
  }
  const last = chain.at(-1) ?? leaf;
  if (!last.checkIssued(last) && !isPublic(last)) {
    warnings.push(
      `${file} ends at an issuer that is not in it, ${oneLine(last.issuer)}: append the intermediate certificates, unless every agent trusts that issuer itself`,
    );
  }
  const held = namesOf(leaf);
  if (held.length === 0) warnings.push(`${file} names no host (subjectAltName): the agent will refuse it`);
  // A loopback address is where a proxy or a test calls, not what the customer's certificate is for.
  const wanted = [...(names ?? []), ...(listenHost === undefined || isLocal(listenHost) ? [] : [listenHost])];
  for (const name of held.length === 0 ? [] : wanted.map(normalName)) {
    const covered = isIP(name) === 0 ? leaf.checkHost(name) : leaf.checkIP(name);
    if (covered === undefined)
      warnings.push(`${file} does not cover "${name}": an agent calling that name will refuse it`);
  }
  return warnings;
}

const day = (date: Date): string => date.toISOString().slice(0, 10);

const isPublic = (last: X509Certificate): boolean =>
  rootCertificates.some((root) => last.checkIssued(new X509Certificate(root)));
