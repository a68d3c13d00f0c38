import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'chai';

const ROOT = join(import.meta.dirname, '..');
const FOLDERS = ['bin', 'connector', 'docs', 'installer', 'test'];
const TEXT = /\.(ts|json|md|sh|cjs)$/;

const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

/** Without this file, which shows what it looks for. */
const files = FOLDERS.flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => TEXT.test(name) && !name.includes('node_modules/'))
    .map((name) => `${folder}/${name}`),
)
  .filter((file) => !import.meta.filename.endsWith(file))
  .concat('README.md', 'CHANGELOG.md');

/** Numbers of requirement lists, and sections of reports, that nobody but their author can look up. */
const UNKNOWN =
  /\b(?:Okta )?(?:contract|report)(?: on [\w ]+)?,? §|"contract": "|\b[PC]-\d+(?:\.\d+)*-\d\d|\([A-Z]-\d\d\b(?:[^()]*\))|'[FO]-\d\d\b/gi;

const unknownIn = (text: string): string[] => [...text.matchAll(UNKNOWN)].map(([found]) => found);

/** As it is cited: "docs/okta-agent.md, Lookups". A heading begins with a capital, `ldapts` and `memberOf` apart. */
const CITED = /\bdocs\/([\w-]+\.md)(?:, ([A-Z][^\n]*|ldapts\b|memberOf\b))?/g;

/** A citation may go on in the next line of a comment. */
const unfolded = (text: string): string => text.replace(/\n\s*(?:\*|\/\/) /g, ' ');

const headingsOf = (page: string): readonly string[] =>
  [...read(`docs/${page}`).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading);

function missingIn(text: string): string[] {
  return [...unfolded(text).matchAll(CITED)].flatMap(([cited, page = '', rest]) => {
    if (!existsSync(join(ROOT, 'docs', page))) return [cited];
    if (rest === undefined || headingsOf(page).some((heading) => rest.startsWith(heading))) return [];
    return [`docs/${page}, ${rest.slice(0, 30)}`];
  });
}

/** As GitHub makes them. */
const anchorsOf = (text: string): readonly string[] =>
  [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

function brokenIn(file: string): string[] {
  const links = read(file).matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)]+))?\)/g);
  return [...links].flatMap(([link, path = '', anchor]) => {
    const target = path === '' ? file : join(dirname(file), path);
    if (!existsSync(join(ROOT, target))) return [link];
    return anchor === undefined || anchorsOf(read(target)).includes(anchor) ? [] : [link];
  });
}

/** Files and folders of ours that a page names; `mine` and words in capitals stand for others. */
const goneIn = (text: string): string[] =>
  [...text.matchAll(/`((?:bin|connector|installer|test)\/[\w./-]+)`/g)]
    .map(([, path = '']) => path)
    .filter((path) => !/[A-Z]{3}|\/mine\b/.test(path) && !existsSync(join(ROOT, path)));

const found = (names: readonly string[], look: (file: string) => readonly string[]): string[] =>
  names.flatMap((file) => look(file).map((what) => `${file}: ${what}`));

/** SCIM 1.1 API §3.4; Core §5.1. */
describe('documents', () => {
  it('are cited only where a reader can look them up', () => {
    expect(found(files, (file) => unknownIn(read(file)))).to.deep.equal([]);
  });

  it('hold the page and the heading that are cited', () => {
    expect(found(files, (file) => missingIn(read(file)))).to.deep.equal([]);
  });

  it('link to files and headings that are there', () => {
    const pages = files.filter((file) => file.endsWith('.md'));
    expect(found(pages, brokenIn)).to.deep.equal([]);
  });

  it('name files and folders that are there', () => {
    const pages = files.filter((file) => file.endsWith('.md') && !file.startsWith('connector/'));
    expect(found(pages, (file) => goneIn(read(file)))).to.deep.equal([]);
    expect(goneIn('in `connector/nowhere.ts`')).to.deep.equal(['connector/nowhere.ts']);
  });

  for (const text of [
    'the field (Okta contract §1.2)',
    'slower per term (report §4.3)',
    "it('answers 404 (P-3.4-03, U-17)'",
    "it('keeps it (C-5.1-12)'",
    "it('stops (U-24, F-47)'",
    "it('F-01, F-02: discovery'",
    '"contract": "§6.6"',
  ])
    it(`are nowhere to be looked up: ${text}`, () => {
      expect(unknownIn(text)).to.not.deep.equal([]);
    });

  for (const text of [
    'docs/nowhere.md',
    'docs/okta-agent.md, Loookups',
    '(docs/okta-agent.md,\n * Nothing of the kind)',
  ])
    it(`are not there: ${JSON.stringify(text)}`, () => {
      expect(missingIn(text)).to.have.length(1);
    });

  it('may be cited with or without a heading, across lines of a comment', () => {
    expect(
      missingIn('(docs/okta-agent.md, Lookups), docs/ldap.md, then\n * (docs/okta-agent.md,\n * Groups)'),
    ).to.deep.equal([]);
  });
});
