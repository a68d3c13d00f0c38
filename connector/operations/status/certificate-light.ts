import type { Config } from '../../config/config.ts';
import type { ServiceStatus } from '../../run/service-status.ts';
import { checkCertificate } from '../check/check-certificate.ts';
import { failureOf } from '../failure.ts';
import { type Light, ours } from './light.ts';
import { span } from './time-span.ts';

/** Ours is renewed ten days before its end; later something keeps it from that. Unit: ms. */
const OVERDUE = 7 * 86_400_000;

/** Of the one that is shown now, which may be older than what lies on the disk. */
function shown({ certificate }: Pick<ServiceStatus, 'certificate'>, now: number): Partial<Light> | undefined {
  if (certificate === undefined) return undefined;
  const left = new Date(certificate.notAfter).getTime() - now;
  if (left <= 0)
    return { status: 'failed', text: `the service shows one that expired ${span(-left)} ago`, failure: 'tls' };
  if (left < OVERDUE) return { status: 'warning', text: `the service shows one that ends in ${span(left)}` };
  return undefined;
}

/** The certificate, as `check` sees it and as the service shows it. */
export async function certificateLight(
  config: Config,
  service: ServiceStatus | undefined,
  now: number,
): Promise<Light> {
  const fix = ours(config.tls.source === 'auto' ? 'cert renew' : 'cert show');
  const bad = service && shown(service, now);
  if (bad) return { light: 'certificate', status: 'warning', text: '', ...fix, ...bad };
  try {
    const findings = await checkCertificate(config);
    const trouble = findings.find(({ status }) => status !== 'ok') ?? findings[0];
    if (trouble === undefined) return { light: 'certificate', status: 'ok', text: 'none' };
    return { light: 'certificate', ...trouble, ...(trouble.status === 'ok' ? {} : fix) };
  } catch (error) {
    const { message, kind, isBug } = failureOf(error);
    return {
      light: 'certificate',
      status: 'failed',
      text: message,
      failure: isBug ? 'tls' : kind,
      ...ours('cert show'),
    };
  }
}
