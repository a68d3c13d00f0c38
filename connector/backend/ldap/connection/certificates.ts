import { X509Certificate } from 'node:crypto';
import { type DetailedPeerCertificate, TLSSocket } from 'node:tls';
import type { NeededCertificate } from '../directory/needed-certificate.ts';
import { withDeadline } from './deadline.ts';
import { type DirectoryOptions, withDefaults } from './directory-options.ts';
import { openSocket } from './open-socket.ts';
import { parseAddress } from './server-address.ts';

const needed = (what: string, { subject, validToDate }: X509Certificate): NeededCertificate => ({
  what,
  subject: subject.replaceAll('\n', ', '),
  notAfter: validToDate,
});

/** The server's own, and those above it as far as they are sent or trusted. */
export function chainOf(leaf: DetailedPeerCertificate): readonly X509Certificate[] {
  const chain: X509Certificate[] = [];
  for (let next = leaf; next?.raw; next = next.issuerCertificate) {
    chain.push(new X509Certificate(next.raw));
    if (next === next.issuerCertificate) break;
  }
  return chain;
}

/** What encryption and the bind at one server depend on; none in clear text. @throws LdapFailure */
export async function neededCertificates(
  options: DirectoryOptions,
  url: string,
): Promise<readonly NeededCertificate[]> {
  const all = withDefaults(options);
  const { bind, trust, servername, timeouts } = all;
  const address = parseAddress(url, all);
  if (address.security === 'clear') return [];
  const text = `${address.url}: no connection within ${timeouts.connect / 1000} s`;
  const socket = await withDeadline(undefined, timeouts.connect, text, (signal) =>
    openSocket({ address, trust, bind, signal, ...(servername === undefined ? {} : { servername }) }),
  );
  try {
    const [leaf, ...above] = socket instanceof TLSSocket ? chainOf(socket.getPeerCertificate(true)) : [];
    return [
      ...(leaf ? [needed("the server's certificate", leaf)] : []),
      ...above.map((one) => needed("the certificate above the server's", one)),
      ...(bind.kind === 'external' ? [needed('ldap.client_cert_file', new X509Certificate(bind.cert))] : []),
    ];
  } finally {
    socket.destroy();
  }
}
