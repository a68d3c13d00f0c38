import { type Finding, failed, warning } from '../../module/finding.ts';
import type { Subject } from './subject.ts';

/** Unit: ms. */
const ENDS_SOON = 30 * 86_400_000;

/** Certificates of the directory, and the one we show it, that end soon. @param now  unit: ms since 1970 */
export async function certificateFindings(
  { certificates }: Subject,
  url: string,
  now = Date.now(),
): Promise<readonly Finding[]> {
  return (await certificates(url)).flatMap(({ what, subject, notAfter }) => {
    const left = notAfter.getTime() - now;
    if (left >= ENDS_SOON) return [];
    const day = notAfter.toISOString().slice(0, 10);
    // A pinned certificate is believed after its end.
    return left <= 0
      ? [failed(`${url}: ${what} (${subject}) expired on ${day}; renew it`)]
      : [warning(`${url}: ${what} (${subject}) expires on ${day}; renew it, or nobody is provisioned from then on`)];
  });
}
