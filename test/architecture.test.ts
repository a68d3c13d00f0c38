import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { expect } from 'chai';

const ROOT = join(import.meta.dirname, '..');
const MAX_LINES = 250;

/** Who may import what: folders, files or packages. First match wins; a folder may always import itself. */
const RULES: readonly (readonly [from: string, may: readonly string[]])[] = [
  ['connector/scim/', []],
  ['connector/state/', ['connector/scim/error.ts']],
  ['connector/log/', ['connector/state/', 'pino', 'pino-pretty']],
  ['connector/config/', ['connector/scim/', 'zod', 'toml-eslint-parser', 'fastest-levenshtein']],
  ['connector/tls/', ['connector/state/', '@peculiar/x509', 'reflect-metadata']],
  ['connector/credential/', ['connector/state/', 'connector/scim/error.ts']],
  ['connector/backend/backend.ts', ['connector/scim/']],
  ['connector/backend/memory/', ['connector/scim/', 'connector/backend/backend.ts']],
  [
    'connector/backend/sqlite/',
    [
      'connector/scim/',
      'connector/backend/backend.ts',
      'connector/credential/password-hash.ts',
      'connector/state/',
      'better-sqlite3',
    ],
  ],
  ['connector/backend/in-turn.ts', []],
  [
    'connector/backend/ldap/',
    ['connector/scim/', 'connector/backend/backend.ts', 'connector/backend/in-turn.ts', 'ldapts'],
  ],
  ['connector/backend/registry.ts', ['connector/backend/', 'connector/scim/', 'connector/config/config.ts']],
  ['connector/protocol/', ['connector/scim/', 'connector/backend/backend.ts']],
  ['connector/service/', ['connector/scim/', 'connector/backend/backend.ts', 'connector/backend/in-turn.ts']],
  [
    'connector/http/',
    [
      'connector/scim/',
      'connector/service/',
      'connector/protocol/',
      'connector/backend/backend.ts',
      'connector/credential/',
      'connector/state/',
      'koa',
      'koa-bodyparser',
      '@koa/router',
      'jsonc-parser',
      'proxy-addr',
    ],
  ],
  // What lies directly in connector/ puts the parts together.
  ['connector/', ['connector/', 'koa']],
  [
    'bin/',
    ['bin/', 'connector/', 'package.json', 'yargs', 'cli-progress', 'csv-parse', 'csv-stringify', 'better-sqlite3'],
  ],
];

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s[^;]*?from\s+'([^']+)'|import\(\s*'([^']+)'\s*\)|(?:^|\n)import\s+'([^']+)'/g;
const BUILTIN = new Set([...builtinModules, ...builtinModules.map((name) => `node:${name}`)]);

const sources = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${folder}/${name}`);

const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

/** Targets of a file's imports: paths from the root, or package names. */
function importsOf(file: string): string[] {
  return [...read(file).matchAll(IMPORT)].flatMap((match) => {
    const specifier = match[1] ?? match[2] ?? match[3] ?? '';
    if (specifier.startsWith('.')) return [relative(ROOT, join(ROOT, dirname(file), specifier))];
    return BUILTIN.has(specifier) ? [] : [packageOf(specifier)];
  });
}

function violation(file: string, target: string): string | undefined {
  const rule = RULES.find(([from]) => file.startsWith(from));
  if (!rule) return `${file}: no rule covers this folder`;
  const [from, may] = rule;
  const inside = from.endsWith('/') && from !== 'connector/' && target.startsWith(from);
  const allowed = inside || may.some((entry) => target === entry || (entry.endsWith('/') && target.startsWith(entry)));
  return allowed ? undefined : `${file} imports ${target}`;
}

describe('architecture', () => {
  const files = [...sources('connector'), ...sources('bin'), ...sources('installer')];

  it('every import follows the rules', () => {
    const checked = files.filter((file) => !file.startsWith('installer/'));
    expect(checked.flatMap((file) => importsOf(file).flatMap((target) => violation(file, target) ?? []))).to.deep.equal(
      [],
    );
  });

  it('sees imports at all', () => {
    expect(importsOf('connector/http/router.ts')).to.include.members(['@koa/router', 'connector/http/bulk.ts']);
    expect(violation('connector/scim/path.ts', 'koa')).to.equal('connector/scim/path.ts imports koa');
    expect(violation('connector/backend/sqlite/x.ts', 'connector/http/router.ts')).to.be.a('string');
  });

  it(`no file is longer than ${MAX_LINES} lines`, () => {
    const long = files.filter((file) => read(file).split('\n').length - 1 > MAX_LINES);
    expect(long).to.deep.equal([]);
  });

  it('the server writes to its log and nowhere else', () => {
    expect(
      files.filter(
        (file) =>
          file.startsWith('connector/') &&
          !file.startsWith('connector/log/') &&
          /console\.|process\.std(out|err)/.test(read(file)),
      ),
    ).to.deep.equal([]);
  });

  // The linter refuses `any` itself.
  it('no type or lint rule is switched off', () => {
    const escapes = /@ts-ignore|@ts-expect-error|@ts-nocheck|biome-ignore/;
    expect(files.filter((file) => escapes.test(read(file)))).to.deep.equal([]);
  });
});
