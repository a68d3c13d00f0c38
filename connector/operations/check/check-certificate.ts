import { type Finding, ok, warning } from '../../backend/module/finding.ts';
import type { Config } from '../../config/config.ts';
import { originOf } from '../../run/origin.ts';
import { covers } from '../../tls/host-names.ts';
import { describeAuthority } from '../../tls/own/describe-authority.ts';
import { readCertificate } from '../certificate/read-certificate.ts';

/** An agent on this machine is told the address we listen on, which a customer's certificate seldom has. */
function uncalled(config: Config, names: readonly string[]): readonly Finding[] {
  // Of one without names it is said that agents refuse it.
  if (names.length === 0) return [];
  const host = new URL(originOf(config, config.server.listen.port)).hostname.replace(/^\[|\]$/g, '');
  if (covers(names, host)) return [];
  return [warning(`does not name ${host}, which the base URL does: set server.base_url to a name it has`)];
}

/** The certificate as the server would show it. Makes none. @throws CertificateError */
export async function checkCertificate(config: Config): Promise<readonly Finding[]> {
  if (config.server.http) return [ok('none: plain HTTP on loopback')];
  // Looking must not make what the service's own account should make.
  if (config.tls.source === 'auto' && (await describeAuthority(config.state_dir)) === undefined)
    return [ok('our own, made at the first start')];
  const warnings: Finding[] = [];
  const notices = { info: () => undefined, warn: (text: string) => void warnings.push(warning(text)) };
  const { names, notAfter, issuer } = await readCertificate(config, notices);
  const trust = config.tls.source === 'auto' ? '' : `; every agent must trust the CA above ${issuer}`;
  const named = names.length > 0 ? names.join(', ') : 'no names';
  return [
    ok(`${named}; valid until ${notAfter.toISOString().slice(0, 10)}${trust}`),
    ...uncalled(config, names),
    ...warnings,
  ];
}
