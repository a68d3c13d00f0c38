/** Everything `serve` does except listening, each step by itself, so that one report shows all that is wrong. */

import { moduleNamed } from '../../backend/catalogue.ts';
import { type Finding, ok, warning } from '../../backend/module/finding.ts';
import type { App, Config } from '../../config/config.ts';
import type { Loaded } from '../../config/load/load.ts';
import { freeSpace } from '../../state/free-space.ts';
import { checkWritable, existingFolder } from '../../state/writable-folder.ts';
import { failureOf } from '../failure.ts';
import { nameMismatch } from '../okta/learnt-name.ts';
import { capabilitiesOf } from '../okta/okta-capabilities.ts';
import { type FailureKind, OperationError } from '../operation-error.ts';
import { checkBaseUrl } from './check-base-url.ts';
import { checkCertificate } from './check-certificate.ts';
import { checkCredentials } from './check-credentials.ts';
import { checkEntitlements } from './check-entitlements.ts';
import { checkMetricsPort } from './check-metrics-port.ts';
import { checkPort } from './check-port.ts';
import { checkSharedState } from './check-shared-state.ts';
import { checkSharing } from './check-sharing.ts';
import { checkVersions } from './check-versions.ts';

export interface Check extends Finding {
  readonly check:
    | 'configuration'
    | 'state'
    | 'listener'
    | 'certificate'
    | 'backend'
    | 'credentials'
    | 'base URL'
    | 'capabilities'
    | 'entitlements';
  /** Absent where it is about all of them. */
  readonly app?: string;
  /** Of a failed one. */
  readonly failure?: FailureKind;
}

type Subject = Pick<Check, 'check' | 'app'>;

/** @param kind  of a failure that does not say itself what it is */
async function attempt(
  subject: Subject,
  kind: FailureKind,
  work: () => Promise<readonly Finding[]>,
): Promise<readonly Check[]> {
  try {
    return (await work()).map((finding) => ({
      ...subject,
      ...finding,
      ...(finding.status === 'failed' ? { failure: kind } : {}),
    }));
  } catch (error) {
    const { message, kind: own, isBug } = failureOf(error);
    return [{ ...subject, status: 'failed', text: message, failure: isBug ? kind : own }];
  }
}

/** What a certificate, a token or a secret takes. Unit: bytes. */
const ROOM = 1024 * 1024;

function checkState({ state_dir }: Config): Finding {
  const exists = checkWritable(state_dir);
  if (freeSpace(existingFolder(state_dir)) < ROOM)
    throw new OperationError('unexpected', `${state_dir}: no space left on the disk; free some`);
  return ok(exists ? state_dir : `${state_dir}, made at the first start`);
}

async function checkCapabilities(config: Config, app: App): Promise<readonly Finding[]> {
  const offered = (await capabilitiesOf(config, app)).filter(({ on }) => on);
  const mismatch = nameMismatch(config, app);
  return [ok(offered.map(({ name }) => name).join(' ')), ...(mismatch ? [mismatch] : [])];
}

async function checkApp(config: Config, app: App): Promise<readonly Check[]> {
  const of = (check: Check['check']): Subject => ({ check, app: app.name });
  return [
    ...(await attempt(of('backend'), 'backend', () => moduleNamed(app.backend).examine(app))),
    ...(await attempt(of('credentials'), 'secret', async () => [await checkCredentials(config, app)])),
    ...(await attempt(of('base URL'), 'usage', async () => [checkVersions(config, app)])),
    ...(await attempt(of('capabilities'), 'backend', () => checkCapabilities(config, app))),
    ...(await attempt(of('entitlements'), 'backend', () => checkEntitlements(config, app))),
  ];
}

/** Of a configuration that could be read, with the warnings that reading it gave. */
export async function runChecks({ config, warnings }: Pick<Loaded, 'config' | 'warnings'>): Promise<readonly Check[]> {
  const read = [ok(config.file ?? 'no file: defaults, environment, flags'), ...warnings.map(warning)];
  const shared = await attempt({ check: 'state' }, 'backend', () => checkSharedState(config));
  const checks: Check[] = [
    ...read.map((finding): Check => ({ check: 'configuration', ...finding })),
    ...(await attempt({ check: 'state' }, 'secret', async () => [checkState(config)])),
    ...shared,
    ...(shared.some(({ status }) => status === 'failed')
      ? []
      : await attempt({ check: 'state' }, 'usage', () => checkSharing(config))),
    ...(await attempt({ check: 'listener' }, 'usage', () => checkBaseUrl(config))),
    ...(await attempt({ check: 'listener' }, 'usage', () => checkPort(config))),
    ...(await attempt({ check: 'listener' }, 'usage', () => checkMetricsPort(config))),
    ...(await attempt({ check: 'certificate' }, 'tls', () => checkCertificate(config))),
  ];
  for (const app of config.apps) checks.push(...(await checkApp(config, app)));
  return checks;
}
