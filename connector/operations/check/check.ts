/** Everything `serve` does except listening, each step by itself, so that one report shows all that is wrong. */

import { EXIT, type ExitCode } from '../../../bin/cli/exit-codes.ts';
import { failureOf } from '../../../bin/cli/failure.ts';
import { listCredentials } from '../../auth/credentials/list-credentials.ts';
import { methodKind } from '../../auth/methods.ts';
import { moduleNamed } from '../../backend/catalogue.ts';
import { type Finding, ok, warning } from '../../backend/module/finding.ts';
import type { App, Config } from '../../config/config.ts';
import { certificateOptions } from '../../run/certificate-options.ts';
import { originOf } from '../../run/connector.ts';
import { checkWritable } from '../../state/writable-folder.ts';
import { openCertificates } from '../../tls/certificates.ts';
import { describeAuthority } from '../../tls/own/describe-authority.ts';
import { callerCredential } from '../credential/caller-credential.ts';
import { capabilitiesOf } from '../okta/okta-capabilities.ts';

export interface Check {
  readonly check: 'configuration' | 'state' | 'certificate' | 'backend' | 'credentials' | 'capabilities';
  readonly app?: string;
  readonly status: 'ok' | 'warning' | 'failed';
  readonly text: string;
  readonly exitCode: ExitCode;
}

type Subject = Pick<Check, 'check' | 'app'>;

async function attempt(
  subject: Subject,
  otherwise: ExitCode,
  work: () => Promise<readonly Finding[]>,
): Promise<Check[]> {
  try {
    return (await work()).map((finding) => ({
      ...subject,
      ...finding,
      exitCode: finding.status === 'failed' ? otherwise : EXIT.ok,
    }));
  } catch (error) {
    const { message, exitCode, isBug } = failureOf(error);
    return [{ ...subject, status: 'failed', text: message, exitCode: isBug ? otherwise : exitCode }];
  }
}

async function checkState({ state_dir }: Config): Promise<readonly Finding[]> {
  return [ok(checkWritable(state_dir) ? state_dir : `${state_dir}, made at the first start`)];
}

/** A name of the certificate, or one that its wildcard stands for (RFC 9525 §6.3). */
const covers = (name: string, host: string): boolean =>
  name.toLowerCase() === host || (name.startsWith('*.') && name.slice(1) === host.slice(host.indexOf('.')));

/** An agent on this machine is told the address we listen on, which a customer's certificate seldom has. */
function uncalled(config: Config, names: readonly string[]): readonly Finding[] {
  const host = new URL(originOf(config, config.server.listen.port)).hostname.replace(/^\[|\]$/g, '');
  if (names.some((name) => covers(name, host))) return [];
  return [warning(`does not name ${host}, which the base URL does: set server.base_url to a name it has`)];
}

async function checkCertificate(config: Config): Promise<readonly Finding[]> {
  if (config.server.http) return [ok('none: plain HTTP on loopback')];
  // Looking must not make what the service's own account should make.
  if (config.tls.source === 'auto' && (await describeAuthority(config.state_dir)) === undefined)
    return [ok('our own, made at the first start')];
  const warnings: Finding[] = [];
  const log = { info: () => undefined, warn: (text: string) => void warnings.push(warning(text)) };
  const certificates = await openCertificates(certificateOptions(config, log));
  certificates.close();
  const { names, notAfter } = certificates.describe();
  return [
    ok(`${names.join(', ')}; valid until ${notAfter.toISOString().slice(0, 10)}`),
    ...uncalled(config, names),
    ...warnings,
  ];
}

async function checkCredentials(config: Config, app: App): Promise<readonly Finding[]> {
  if (methodKind(app.auth.method).open)
    return [warning(`method "${app.auth.method}": whoever reaches the port may do everything`)];
  const credential = callerCredential(app, listCredentials(config.state_dir));
  if (credential?.kind === 'fixed') return [ok(`${app.auth.method}: set by configuration`)];
  if (credential?.kind === 'stored') return [ok(`${app.auth.method}: ${credential.names.join(', ')}`)];
  return [warning('none: every request will be answered 401; make one with: token add NAME')];
}

async function checkCapabilities(config: Config, app: App): Promise<readonly Finding[]> {
  const offered = (await capabilitiesOf(config, app)).filter(({ on }) => on);
  return [ok(offered.map(({ name }) => name).join(' '))];
}

export async function runChecks(config: Config): Promise<readonly Check[]> {
  const checks: Check[] = [
    ...(await attempt({ check: 'state' }, EXIT.secret, () => checkState(config))),
    ...(await attempt({ check: 'certificate' }, EXIT.tls, () => checkCertificate(config))),
  ];
  for (const app of config.apps) {
    const of = (check: Check['check']): Subject => ({ check, app: app.name });
    checks.push(
      ...(await attempt(of('backend'), EXIT.backend, () => moduleNamed(app.backend).examine(app))),
      ...(await attempt(of('credentials'), EXIT.secret, () => checkCredentials(config, app))),
      ...(await attempt(of('capabilities'), EXIT.backend, () => checkCapabilities(config, app))),
    );
  }
  return checks;
}

/** One kind of failure has its own code, several have a common one. */
export function exitCodeOf(checks: readonly Check[], strict: boolean): ExitCode {
  const codes = new Set(checks.filter(({ status }) => status === 'failed').map(({ exitCode }) => exitCode));
  const [code] = codes;
  if (code !== undefined) return codes.size === 1 ? code : EXIT.failed;
  return strict && checks.some(({ status }) => status === 'warning') ? EXIT.warnings : EXIT.ok;
}
