import type { Config } from '../../config/config.ts';
import { redactJson } from '../../redaction/redact-json.ts';
import type { Scrubber } from '../../redaction/scrubber.ts';
import { verifyAudit } from '../audit/audit-log.ts';
import { OperationError } from '../operation-error.ts';
import type { Gathered } from './part.ts';

const NAME = 'audit.json';

/** Whether the audit log is whole; no entry of it. @param log  lines that may hold its anchors */
export function auditPart(scrubber: Scrubber, { state_dir }: Config, key: () => Buffer, log: string): Gathered {
  try {
    const verified = verifyAudit({ stateDir: state_dir, key: key() }, log);
    return {
      name: NAME,
      about: 'whether the audit log is whole (`audit verify`), and none of its entries',
      text: `${JSON.stringify(redactJson(scrubber, verified), null, 2)}\n`,
    };
  } catch (error) {
    if (error instanceof OperationError) return { name: NAME, why: 'there is no audit log yet' };
    throw error;
  }
}
