import type { X509Certificate } from 'node:crypto';

const oneLine = (name: string): string => name.split('\n').join(', ');
const day = (date: Date): string => date.toISOString().slice(0, 10);

/** As it is compared by eye: two lines of sixteen bytes. */
const inTwo = (fingerprint: string): readonly string[] => fingerprint.match(/.{1,48}/g) ?? [];

function lines(certificate: X509Certificate, index: number): readonly string[] {
  const { subject, subjectAltName, validFromDate, validToDate, fingerprint256 } = certificate;
  const names = (subjectAltName ?? '').replaceAll(/(?:DNS|IP Address):/g, '');
  return [
    `${index + 1}  ${oneLine(subject)}`,
    ...(names === '' ? [] : [`   for ${names}`]),
    `   valid from ${day(validFromDate)} to ${day(validToDate)}, SHA-256`,
    ...inTwo(fingerprint256).map((part) => `   ${part}`),
  ];
}

/** The certificates that a server shows, its own first. */
export const chainText = (chain: readonly X509Certificate[]): string => chain.flatMap(lines).join('\n');
