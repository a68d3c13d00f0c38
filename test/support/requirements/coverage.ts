import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isBinding, type Requirement, requirements } from './requirement.ts';

const TESTS = join(import.meta.dirname, '..', '..');

/** A title that ends in the requirements it holds: `'names its schemas [K-2.1-01 K-3-01]'`. `mocha -g K-2.1-01` runs it. */
const TITLE = /\b(?:it|itWithFault|describe|forEachBackend)\(\s*(['"`])((?:(?!\1)[^\\]|\\.)*)\1/g;
const HELD = / \[((?:[KRUONL]-[\d.]+(?:-\d+)? ?)+)\]$/;

export interface Held {
  readonly id: string;
  /** Below `test/`. */
  readonly file: string;
  readonly title: string;
}

const heldBy = (file: string, title: string, ids: readonly string[]): Held[] => ids.map((id) => ({ id, file, title }));

function inSource(file: string, text: string): Held[] {
  return [...text.matchAll(TITLE)].flatMap(([, , title = '']) => {
    const found = HELD.exec(title);
    return found ? heldBy(file, title.slice(0, found.index), (found[1] ?? '').split(' ')) : [];
  });
}

function inExchange(file: string, text: string): Held[] {
  const { description, covers = [] } = JSON.parse(text) as { description: string; covers?: readonly string[] };
  return heldBy(file, description, covers);
}

/** What tests say that they hold, in the order of their files. */
export const held: readonly Held[] = readdirSync(TESTS, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.ts$|^exchange\/scim-2\.0\/.*\.json$/.test(file))
  .sort()
  .flatMap((file) => {
    const text = readFileSync(join(TESTS, file), 'utf8');
    return file.endsWith('.json') ? inExchange(file, text) : inSource(file, text);
  });

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '&lt;');

/** What differs from case to case is left out. */
const shownTitle = (title: string): string => title.replace(/\$\{[^}]*(?:\{[^}]*\}[^}]*)*\}/g, '…');

function row({ id, level, text, unheld }: Requirement): string {
  const tests = held.filter((one) => one.id === id).map(({ file, title }) => `${shownTitle(title)} (\`test/${file}\`)`);
  const last = tests.length > 0 ? tests.join('<br>') : (unheld ?? '');
  return `| ${id} | ${level} | ${cell(text)} | ${last.replaceAll('|', '\\|')} |`;
}

const PARTS: readonly (readonly [title: string, ids: RegExp])[] = [
  ['Core schema (RFC 7643)', /^K/],
  ['Protocol (RFC 7644)', /^R/],
  ['Cursors and events (RFC 9865, RFC 9967)', /^U/],
  ['Okta', /^O/],
  ['Microsoft Entra', /^N/],
  ['Other clients', /^L/],
];

/** docs/scim-coverage.md. */
export function coveragePage(): string {
  const binding = requirements.filter(isBinding);
  const shown = binding.filter(({ id }) => held.some((one) => one.id === id));
  const tables = PARTS.map(([title, ids]) => {
    const rows = requirements.filter(({ id }) => ids.test(id)).map(row);
    return [`## ${title}`, '', '| | Level | What | Held by |', '| --- | --- | --- | --- |', ...rows].join('\n');
  });
  const intro = `# What of SCIM 2.0 is tested

What the standards ask of a server and what clients were seen to do, and which test holds it. \`FACT\` is a plain statement
of a standard, taken as a MUST; \`OBS\` is what a client does; \`DECIDE\` is what a standard leaves open, and what we do. Each
MUST and FACT that binds a server has a test: ${shown.length} of ${binding.length}. This page is made from the titles of
the tests (\`node test/support/generated-docs.ts\`); \`mocha -g K-2.1-01\` runs those of one line.`;
  return `${[intro, ...tables].join('\n\n')}\n`;
}
