import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { expect } from 'chai';
import { circles, type Graph, reachable } from './support/circles.ts';

const ROOT = join(import.meta.dirname, '..');
const MAX_LINES = 250;
/** Half of all files are no longer. */
const MEDIAN_LINES = 60;

const LDAP = 'connector/backend/ldap/';
const TLS = 'connector/tls/';
const SQLITE = 'connector/backend/sqlite/';
const inLdap = (...rooms: readonly string[]): string[] => rooms.map((room) => `${LDAP}${room}/`);
const inTls = (...names: readonly string[]): string[] => names.map((name) => `${TLS}${name}`);
const VOCABULARY = 'connector/config/vocabulary/';
const MODULE = 'connector/backend/module/';
/** The list of backends. */
const BACKENDS = 'connector/backend/modules.ts';
const FAILURE = ['bin/cli/exit-codes.ts', 'bin/cli/command-error.ts'];
const inSqlite = (...rooms: readonly string[]): string[] => rooms.map((room) => `${SQLITE}${room}/`);

/**
 * Who may import what: folders, files or packages. First match wins; a folder may always import itself. From the
 * ground up: a room knows the rooms above it in this list, and none below.
 */
const RULES: readonly (readonly [from: string, may: readonly string[]])[] = [
  ['connector/scim/', []],
  ['connector/text/', []],
  ['connector/concurrency/', []],
  ['connector/log/', ['pino', 'pino-pretty']],
  ['connector/state/', []],
  ['connector/secrets/', ['connector/state/']],
  [
    `${TLS}own/`,
    [
      ...inTls(
        'certificate-error.ts',
        'describe-certificate.ts',
        'host-names.ts',
        'loaded-certificate.ts',
        'pem.ts',
        'tls-options.ts',
      ),
      'connector/state/',
      'connector/log/',
      '@peculiar/asn1-schema',
      '@peculiar/asn1-x509',
      '@peculiar/x509',
      'reflect-metadata',
    ],
  ],
  [
    `${TLS}customer/`,
    [
      ...inTls(
        'certificate-error.ts',
        'describe-certificate.ts',
        'host-names.ts',
        'loaded-certificate.ts',
        'pem.ts',
        'tls-options.ts',
      ),
      'connector/text/',
    ],
  ],
  [TLS, ['connector/log/']],
  [
    'connector/auth/',
    [
      'connector/concurrency/',
      'connector/state/',
      'connector/secrets/',
      'connector/log/',
      'connector/scim/error.ts',
      'lru-cache',
    ],
  ],
  // The words settings are written in; what they are put together to comes after the backends.
  [VOCABULARY, ['connector/secrets/secret.ts', 'zod']],
  ['connector/backend/backend.ts', ['connector/scim/']],
  [MODULE, ['connector/scim/', VOCABULARY, 'connector/backend/backend.ts', 'zod']],
  [`${SQLITE}connection/`, ['connector/scim/', 'better-sqlite3', 'lru-cache']],
  [`${SQLITE}schema/`, [...inSqlite('connection'), 'connector/scim/']],
  [`${SQLITE}file/`, [...inSqlite('connection', 'schema'), MODULE, 'connector/state/']],
  [`${SQLITE}row/`, [...inSqlite('connection'), 'connector/scim/']],
  [`${SQLITE}query/`, [...inSqlite('connection', 'schema'), 'connector/scim/']],
  [`${SQLITE}writing/`, [...inSqlite('connection', 'row'), 'connector/scim/']],
  [
    `${SQLITE}transfer/`,
    [
      ...inSqlite('connection', 'file', 'row', 'query', 'writing'),
      MODULE,
      'connector/scim/',
      'connector/secrets/password-hash.ts',
    ],
  ],
  [
    SQLITE,
    [
      SQLITE,
      MODULE,
      VOCABULARY,
      'connector/scim/',
      'connector/state/',
      'connector/backend/backend.ts',
      'connector/secrets/password-hash.ts',
      'zod',
    ],
  ],
  [`${LDAP}directory/`, ['connector/scim/error.ts', 'ldapts']],
  [`${LDAP}connection/`, [...inLdap('directory'), 'ldapts']],
  [
    `${LDAP}settings/`,
    [...inLdap('connection'), MODULE, VOCABULARY, 'connector/scim/error.ts', 'connector/text/', 'zod'],
  ],
  [`${LDAP}mapping/`, [...inLdap('directory', 'settings'), 'connector/scim/']],
  [`${LDAP}layout/`, [...inLdap('directory', 'settings', 'mapping'), 'connector/scim/', 'ldapts']],
  [`${LDAP}references/`, [...inLdap('directory', 'settings', 'mapping', 'layout'), 'connector/scim/', 'lru-cache']],
  [
    `${LDAP}reading/`,
    [
      ...inLdap('directory', 'settings', 'mapping', 'layout', 'references'),
      'connector/scim/',
      'connector/backend/backend.ts',
      'lru-cache',
    ],
  ],
  [
    `${LDAP}writing/`,
    [
      ...inLdap('directory', 'mapping', 'layout', 'references', 'reading'),
      'connector/scim/',
      'connector/concurrency/',
      'connector/backend/backend.ts',
    ],
  ],
  [
    `${LDAP}examination/`,
    [...inLdap('directory', 'settings', 'mapping', 'layout', 'references'), MODULE, 'connector/scim/', 'ldapts'],
  ],
  [`${LDAP}dry-run/`, [...inLdap('directory', 'mapping', 'layout')]],
  [LDAP, [LDAP, MODULE, VOCABULARY, 'connector/scim/', 'connector/concurrency/', 'connector/backend/backend.ts']],
  [BACKENDS, [SQLITE, LDAP]],
  ['connector/backend/catalogue.ts', [BACKENDS]],
  ['connector/config/schema/', ['connector/auth/methods.ts', VOCABULARY, 'connector/backend/catalogue.ts', 'zod']],
  [
    'connector/config/config.ts',
    [
      'connector/auth/method.ts',
      'connector/auth/methods.ts',
      'connector/config/schema/',
      MODULE,
      'connector/backend/catalogue.ts',
      'connector/secrets/secret.ts',
    ],
  ],
  [
    'connector/config/load/',
    [
      'connector/auth/methods.ts',
      VOCABULARY,
      'connector/config/schema/',
      'connector/config/config.ts',
      MODULE,
      'connector/backend/catalogue.ts',
      'connector/secrets/secret.ts',
      'connector/scim/',
      'connector/text/',
      'zod',
      'toml-eslint-parser',
      'fastest-levenshtein',
    ],
  ],
  [
    'connector/config/describe/',
    [
      VOCABULARY,
      'connector/config/schema/',
      'connector/config/load/',
      'connector/config/config.ts',
      'connector/secrets/secret.ts',
    ],
  ],
  [
    'connector/backend/registry.ts',
    [
      'connector/backend/backend.ts',
      MODULE,
      'connector/backend/catalogue.ts',
      'connector/config/config.ts',
      'connector/secrets/secret.ts',
    ],
  ],
  ['connector/protocol/v1/', ['connector/protocol/', 'connector/scim/']],
  ['connector/protocol/', ['connector/scim/', 'connector/backend/backend.ts']],
  ['connector/backend/decorators/', ['connector/scim/', 'connector/backend/backend.ts']],
  [
    'connector/service/',
    [
      'connector/scim/',
      'connector/concurrency/',
      'connector/backend/backend.ts',
      'connector/backend/decorators/',
      'lru-cache',
    ],
  ],
  [
    'connector/http/',
    [
      'connector/scim/',
      'connector/log/log.ts',
      'connector/service/',
      'connector/protocol/',
      'connector/backend/backend.ts',
      'connector/auth/',
      'koa',
      'koa-bodyparser',
      '@koa/router',
      'jsonc-parser',
      'proxy-addr',
    ],
  ],
  // Puts the parts together.
  [
    'connector/run/',
    [
      'connector/auth/',
      'connector/backend/backend.ts',
      MODULE,
      'connector/backend/registry.ts',
      'connector/config/config.ts',
      VOCABULARY,
      'connector/http/',
      'connector/log/',
      'connector/protocol/',
      'connector/scim/',
      'connector/service/',
      'connector/tls/',
      'koa',
    ],
  ],
  // What an operator asks for, as data.
  [
    'connector/operations/',
    [
      'connector/auth/',
      'connector/backend/backend.ts',
      MODULE,
      'connector/backend/catalogue.ts',
      'connector/backend/registry.ts',
      'connector/config/',
      'connector/log/notices.ts',
      'connector/protocol/',
      'connector/run/',
      'connector/scim/',
      'connector/service/',
      'connector/state/',
      'connector/text/',
      'connector/tls/',
      'csv-parse',
      'csv-stringify',
    ],
  ],
  // The command line, from the ground up too: how it ends, what it says and where it runs, what it understands, its verbs.
  ['bin/cli/exit-codes.ts', []],
  ['bin/cli/command-error.ts', ['bin/cli/exit-codes.ts']],
  ['bin/cli/version.ts', ['package.json']],
  ['bin/terminal/', [...FAILURE, 'connector/', 'cli-progress', 'string-width']],
  ['bin/host/', [...FAILURE, 'bin/cli/version.ts', 'connector/']],
  ['bin/cli/cli.ts', ['bin/cli/', 'bin/commands/', 'yargs']],
  ['bin/cli/', ['bin/host/', 'bin/terminal/', 'connector/', 'yargs']],
  ['bin/commands/', ['bin/cli/', 'bin/host/', 'bin/terminal/', 'connector/', 'yargs']],
  ['bin/', ['bin/cli/', 'bin/terminal/']],
];

/** Rooms that are entered through one door: who may import from them, besides themselves. */
const DOORS: readonly (readonly [room: string, by: readonly string[]])[] = [
  ['connector/protocol/v1/', ['connector/protocol/protocols.ts']],
  [SQLITE, [BACKENDS]],
  [LDAP, [BACKENDS]],
];

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s[^;]*?from\s+'([^']+)'|import\(\s*'([^']+)'\s*\)|(?:^|\n)import\s+'([^']+)'/g;
const BUILTIN = new Set([...builtinModules, ...builtinModules.map((name) => `node:${name}`)]);

const sources = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${folder}/${name}`);

const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const linesOf = (file: string): number => read(file).split('\n').length - 1;

const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

/** Targets of a file's imports: paths from the root, or package names. */
function importsOf(file: string, pattern = IMPORT): string[] {
  return [...read(file).matchAll(pattern)].flatMap((match) => {
    const specifier = match[1] ?? match[2] ?? match[3] ?? '';
    if (specifier.startsWith('.')) return [relative(ROOT, join(ROOT, dirname(file), specifier))];
    return BUILTIN.has(specifier) ? [] : [packageOf(specifier)];
  });
}

const isMeant = (entry: string, target: string): boolean =>
  target === entry || (entry.endsWith('/') && target.startsWith(entry));

const ruleOf = (file: string): (typeof RULES)[number] | undefined => RULES.find(([from]) => file.startsWith(from));

function violation(file: string, target: string): string | undefined {
  const rule = ruleOf(file);
  if (!rule) return `${file}: no rule covers this folder`;
  const [from, may] = rule;
  const inside = from.endsWith('/') && target.startsWith(from);
  return inside || may.some((entry) => isMeant(entry, target)) ? undefined : `${file} imports ${target}`;
}

/** What is loaded together with a file: neither types nor what comes by `import()`. */
const AT_ONCE = /(?:^|\n)(?:import|export)\s+(?!type\b)(?:[^;]*?from\s+)?'([^']+)'/g;

/** A backend called by its name: in a comparison, as a choice, as a table of an app. */
const namesBackend = (text: string, backend: string): boolean =>
  new RegExp(`'${backend}'|\\.${backend}\\b(?!\\.ts)`).test(text.replaceAll(/\/\*.*?\*\/|\/\/[^\n]*/gs, ''));

/** A decision by the name of a resource type, where one of its traits says why. */
const BRANCH = /[!=]== '(?:User|Group)'|'(?:User|Group)' [!=]==|case '(?:User|Group)'|includes\('(?:User|Group)'\)/g;
/** Where names are given to types, and an operator's words are read. */
const NAMING = ['connector/scim/schema/', 'connector/config/'];
/** Decisions that are left, all of them above the stores. None may come. */
const MOST_BRANCHES = 3;

describe('architecture', () => {
  const files = [...sources('connector'), ...sources('bin'), ...sources('installer')];
  const ruled = files.filter((file) => !file.startsWith('installer/'));
  const imports: Graph = new Map(ruled.map((file) => [file, importsOf(file)]));

  it('every import follows the rules', () => {
    const found = [...imports].flatMap(([file, targets]) => targets.flatMap((target) => violation(file, target) ?? []));
    expect(found).to.deep.equal([]);
  });

  for (const [room, by] of DOORS) {
    it(`${room} is entered through ${by.join(' and ')} alone`, () => {
      const from = [...imports].filter(([, targets]) => targets.some((target) => target.startsWith(room)));
      expect(from.map(([file]) => file).filter((file) => !file.startsWith(room))).to.have.members(by);
    });
  }

  for (const [from] of RULES) {
    it(`${from} is refused what it may not know`, () => {
      const file = from.endsWith('/') ? `${from}x.ts` : from;
      expect(violation(file, 'express')).to.equal(`${file} imports express`);
    });
  }

  it('every rule is there for a file, and every permission in it for an import', () => {
    const idle = RULES.flatMap((rule) => {
      const [from, may] = rule;
      const own = ruled.filter((file) => ruleOf(file) === rule);
      if (own.length === 0) return [from];
      const targets = own.flatMap((file) => imports.get(file) ?? []);
      return may.filter((entry) => !targets.some((target) => isMeant(entry, target))).map((to) => `${from} → ${to}`);
    });
    expect(idle).to.deep.equal([]);
  });

  it('a lower floor does not know a higher one', () => {
    expect(violation('connector/scim/path.ts', 'koa')).to.equal('connector/scim/path.ts imports koa');
    expect(violation(`${LDAP}directory/dn.ts`, `${LDAP}mapping/syntax.ts`)).to.be.a('string');
    expect(violation(`${LDAP}reading/lister.ts`, `${LDAP}writing/modify-entry.ts`)).to.be.a('string');
    expect(violation(`${TLS}own/subtrees.ts`, `${TLS}customer/pfx-file.ts`)).to.be.a('string');
    expect(violation(`${SQLITE}query/find-page.ts`, `${SQLITE}writing/insert-row.ts`)).to.be.a('string');
    expect(violation(`${SQLITE}x.ts`, 'connector/http/router.ts')).to.be.a('string');
  });

  const backends = [...read(BACKENDS).matchAll(/'\.\/(\w+)\/module\.ts'/g)].map(([, name = '']) => name);

  it('nobody asks which backend it is', () => {
    expect(backends).to.have.members(['ldap', 'sqlite']);
    const outside = (backend: string): readonly string[] =>
      ruled.filter((file) => file !== BACKENDS && !file.startsWith(`connector/backend/${backend}/`));
    const asking = backends.flatMap((backend) => outside(backend).filter((file) => namesBackend(read(file), backend)));
    expect(asking).to.deep.equal([]);
    for (const text of [`app.backend === 'ldap'`, `case 'ldap':`, 'const { urls } = app.ldap;', `choices: ['ldap']`])
      expect(namesBackend(text, 'ldap'), text).to.equal(true);
  });

  it('a driver is loaded when its backend is asked for and not before', () => {
    const atOnce: Graph = new Map(ruled.map((file) => [file, importsOf(file, AT_ONCE)]));
    const drivers = ['ldapts', 'better-sqlite3'];
    const loading = (start: string): readonly string[] => drivers.filter((one) => reachable(atOnce, start).has(one));
    expect(loading('connector/backend/ldap/ldap-backend.ts')).to.deep.equal(['ldapts']);
    expect(loading('connector/backend/sqlite/sqlite-backend.ts')).to.deep.equal(['better-sqlite3']);
    for (const start of [
      BACKENDS,
      'connector/config/load/load.ts',
      'connector/run/connector.ts',
      'bin/scim-connector.ts',
    ])
      expect(loading(start), start).to.deep.equal([]);
  });

  it('no files import each other in a circle', () => {
    expect(circles(imports)).to.deep.equal([]);
  });

  it(`no file is longer than ${MAX_LINES} lines, and half of them not than ${MEDIAN_LINES}`, () => {
    expect(files.filter((file) => linesOf(file) > MAX_LINES)).to.deep.equal([]);
    expect(files.map(linesOf).sort((a, b) => a - b)[files.length >> 1]).to.be.at.most(MEDIAN_LINES);
  });

  it('stores ask for the traits of a resource type and never for its name, others seldom', () => {
    const found = ruled
      .filter((file) => !NAMING.some((folder) => file.startsWith(folder)))
      .flatMap((file) => [...read(file).matchAll(BRANCH)].map(([text]) => `${file}: ${text}`));
    expect(found.filter((one) => one.startsWith('connector/backend/'))).to.deep.equal([]);
    expect(found.length, found.join('\n')).to.be.at.most(MOST_BRANCHES);
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

describe('circles', () => {
  it('finds what leads back to itself, and nothing else', () => {
    const graph: Graph = new Map([
      ['a', ['b', 'd']],
      ['b', ['c']],
      ['c', ['a']],
      ['d', ['e']],
      ['e', []],
    ]);
    expect(circles(graph)).to.deep.equal([['a', 'b', 'c']]);
  });
});
