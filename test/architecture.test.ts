import { expect } from 'chai';
import { circles, type Graph, reachable } from './support/architecture/circles.ts';
import { AT_ONCE, importsOf, linesOf, read, sources } from './support/architecture/imports.ts';
import { BACKENDS, DOORS, RULES } from './support/architecture/rules.ts';
import { LDAP, type Rule, SQLITE } from './support/architecture/store-rules.ts';
import { TLS } from './support/architecture/tls-rules.ts';

const MAX_LINES = 250;
/** Half of all files are no longer. */
const MEDIAN_LINES = 60;

const isMeant = (entry: string, target: string): boolean =>
  target === entry || (entry.endsWith('/') && target.startsWith(entry));

const ruleOf = (file: string): Rule | undefined => RULES.find(([from]) => file.startsWith(from));

function violation(file: string, target: string): string | undefined {
  const rule = ruleOf(file);
  if (!rule) return `${file}: no rule covers this folder`;
  const [from, may] = rule;
  const inside = from.endsWith('/') && target.startsWith(from);
  return inside || may.some((entry) => isMeant(entry, target)) ? undefined : `${file} imports ${target}`;
}

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
    expect(backends).to.have.members(['ldap', 'postgres', 'sqlite']);
    // The catalogue of faults tells people of settings.
    const free = [BACKENDS, 'connector/explain/faults/'];
    // What connectors share may be in a database whatever the store of the people is: [state.postgres].
    const words: Readonly<Record<string, readonly string[]>> = {
      postgres: ['connector/config/', 'connector/postgres/', 'connector/shared-state/', 'connector/run/open-shared-'],
    };
    const outside = (backend: string): readonly string[] => {
      const inside = [...free, ...(words[backend] ?? []), `connector/backend/${backend}/`];
      return ruled.filter((file) => !inside.some((place) => file.startsWith(place)));
    };
    const asking = backends.flatMap((backend) => outside(backend).filter((file) => namesBackend(read(file), backend)));
    expect(asking).to.deep.equal([]);
    for (const text of [`app.backend === 'ldap'`, `case 'ldap':`, 'const { urls } = app.ldap;', `choices: ['ldap']`])
      expect(namesBackend(text, 'ldap'), text).to.equal(true);
  });

  it('a driver is loaded when its backend is asked for and not before', () => {
    const atOnce: Graph = new Map(ruled.map((file) => [file, importsOf(file, AT_ONCE)]));
    const drivers = ['ldapts', 'better-sqlite3', 'pg'];
    const loading = (start: string): readonly string[] => drivers.filter((one) => reachable(atOnce, start).has(one));
    expect(loading('connector/backend/ldap/ldap-backend.ts')).to.deep.equal(['ldapts']);
    expect(loading('connector/backend/sqlite/sqlite-backend.ts')).to.deep.equal(['better-sqlite3']);
    expect(loading('connector/backend/postgres/postgres-backend.ts')).to.deep.equal(['pg']);
    for (const start of [
      BACKENDS,
      'connector/config/load/load.ts',
      'connector/run/connector.ts',
      'bin/scim-connector.ts',
    ])
      expect(loading(start), start).to.deep.equal([]);
  });

  it('the library for metrics is loaded when they are asked for and not before', () => {
    const atOnce: Graph = new Map(ruled.map((file) => [file, importsOf(file, AT_ONCE)]));
    expect(reachable(atOnce, 'connector/metrics/metrics.ts').has('prom-client')).to.equal(true);
    expect(reachable(atOnce, 'connector/run/connector.ts').has('prom-client')).to.equal(false);
  });

  it('no files import each other in a circle', () => {
    expect(circles(imports)).to.deep.equal([]);
  });

  it(`no file is longer than ${MAX_LINES} lines, and half of them not than ${MEDIAN_LINES}`, () => {
    expect([...files, ...sources('test')].filter((file) => linesOf(file) > MAX_LINES)).to.deep.equal([]);
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
