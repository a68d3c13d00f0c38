import { type Finding, failed, ok, warning } from '../../module/finding.ts';
import { firstText, type RootDse } from '../directory/session.ts';
import { certificateFindings } from './certificate-findings.ts';
import { refusalText } from './refusal-text.ts';
import type { Subject } from './subject.ts';

function product(dse: RootDse): string {
  const words = [firstText(dse, 'vendorName'), firstText(dse, 'vendorVersion')].filter((word) => word !== undefined);
  return words.length > 0 ? `, ${words.join(' ')}` : '';
}

/** Each server by itself: one that only fails when it is needed has better be known. */
export async function serverFindings(subject: Subject, signal: AbortSignal): Promise<readonly Finding[]> {
  const { urls, open, account, startTls = false } = subject;
  const findings: Finding[] = [];
  for (const url of urls) {
    try {
      const directory = await open([url]);
      try {
        const dse = await directory.rootDse(signal);
        findings.push(
          ok(
            `${url}: ${url.startsWith('ldaps:') || startTls ? 'TLS' : 'clear text'}, bound as ${account}${product(dse)}`,
          ),
          ...(await certificateFindings(subject, url)),
        );
      } finally {
        await directory.close();
      }
    } catch (error) {
      findings.push(warning(refusalText(error)));
    }
  }
  const none = findings.every(({ status }) => status !== 'ok');
  return none ? findings.map(({ text }) => failed(text)) : findings;
}
