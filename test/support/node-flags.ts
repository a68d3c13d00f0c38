import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const { scripts } = JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'package.json'), 'utf8')) as {
  readonly scripts: Readonly<Record<string, string>>;
};

/** What the start scripts, and the executable, tell V8. */
export const nodeFlags: readonly string[] = scripts['connector']?.match(/--[a-z-]+=\S+/g) ?? [];
