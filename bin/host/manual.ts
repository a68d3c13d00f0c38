import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';

/** Set by the bundler: the pages of `docs/` by topic, JSON, compressed, base64. */
declare const MANUAL: string | undefined;

const ENDING = '.md';

/** The pages of a folder by topic: `quickstart` is `quickstart.md`. */
export const pagesIn = (folder: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readdirSync(folder)
      .filter((name) => name.endsWith(ENDING))
      .sort()
      .map((name) => [name.slice(0, -ENDING.length), readFileSync(join(folder, name), 'utf8')]),
  );

/** The pages that this program brings along, Markdown by topic. */
export const manual = (): Readonly<Record<string, string>> =>
  typeof MANUAL === 'string'
    ? (JSON.parse(brotliDecompressSync(Buffer.from(MANUAL, 'base64')).toString()) as Readonly<Record<string, string>>)
    : pagesIn(join(import.meta.dirname, '..', '..', 'docs'));

/** The first heading of a page. */
export const titleOf = (page: string): string => /^# (.+)$/m.exec(page)?.[1] ?? '';
