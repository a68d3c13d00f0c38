import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, relative } from 'node:path';

const ROOT = join(import.meta.dirname, '../../..');

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s[^;]*?from\s+'([^']+)'|import\(\s*'([^']+)'\s*\)|(?:^|\n)import\s+'([^']+)'/g;
const BUILTIN = new Set([...builtinModules, ...builtinModules.map((name) => `node:${name}`)]);

/** The TypeScript files below a folder, as paths from the root. */
export const sources = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${folder}/${name}`);

export const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
export const linesOf = (file: string): number => read(file).split('\n').length - 1;

const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

/** Targets of a file's imports: paths from the root, or package names. */
export function importsOf(file: string, pattern = IMPORT): string[] {
  return [...read(file).matchAll(pattern)].flatMap((match) => {
    const specifier = match[1] ?? match[2] ?? match[3] ?? '';
    if (specifier.startsWith('.')) return [relative(ROOT, join(ROOT, dirname(file), specifier))];
    return BUILTIN.has(specifier) ? [] : [packageOf(specifier)];
  });
}

/** What is loaded together with a file: neither types nor what comes by `import()`. */
export const AT_ONCE = /(?:^|\n)(?:import|export)\s+(?!type\b)(?:[^;]*?from\s+)?'([^']+)'/g;
