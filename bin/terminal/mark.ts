import { styleText } from 'node:util';
import type { Finding } from '../../connector/backend/module/finding.ts';

const COLOR = { ok: 'green', warning: 'yellow', failed: 'red' } as const;

/** `ok`, `warning` or `failed`, in its color and as wide as the widest. */
export const mark = (status: Finding['status']): string =>
  styleText(COLOR[status], status.padEnd('warning'.length), { stream: process.stdout });
