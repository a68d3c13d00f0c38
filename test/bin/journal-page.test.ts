import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { janesDay, shell } from '../support/janes-day.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const PAGE = readFileSync(join(ROOT, 'docs', 'journal.md'), 'utf8');

/** Indented blocks that begin with a command of ours. */
const EXAMPLES = [...PAGE.matchAll(/^ {4}\$ (scim-connector .*)\n((?:(?: {4}.*)?\n)*)/gm)].map(
  ([, line = '', output = '']) => ({ line, output: output.replaceAll(/^ {4}/gm, '').trim() }),
);

/** What is another at every run, in as many columns. */
const settled = (text: string): string =>
  text
    .replaceAll(/\d{4}-\d\d-\d\d/g, 'YYYY-MM-DD')
    .replaceAll(/\b\d\d:\d\d:\d\d\b/g, 'hh:mm:ss')
    // First: an id may hold what looks like a reference.
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID')
    .replaceAll(/\b[A-Z0-9]{4}-[A-Z0-9]{4}\b/g, 'REFE-RNCE')
    .replaceAll(/[\d.]+ ms/g, 'N ms')
    .trim();

describe('docs/journal.md', () => {
  const folder = temporaryFolder();

  it('shows what its commands print', async function () {
    if (process.platform === 'win32') return this.skip();
    await janesDay(folder.path);
    const run = shell(folder.path);
    expect(EXAMPLES.length).to.be.above(6);
    for (const { line, output } of EXAMPLES) expect(settled(run(line).said), line).to.equal(settled(output));
  });

  it('names every field of a record', () => {
    const source = readFileSync(join(ROOT, 'connector', 'journal', 'record.ts'), 'utf8');
    const [, body = ''] = /export interface JournalRecord \{\n([\s\S]*?)\n\}/.exec(source) ?? [];
    const fields = [...body.matchAll(/^ {2}readonly (\w+)\??:/gm)].map(([, name]) => name);
    expect(fields.length).to.be.above(25);
    const [, table = ''] = /\n\| Field \| \|\n([\s\S]*?)\n\n/.exec(PAGE) ?? [];
    const named = table.split('\n').flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`(\w+)`/g)]);
    expect(named.map(([, name]) => name)).to.have.members(['seq', ...fields]);
  });

  it('names every intent and outcome', () => {
    const source = readFileSync(join(ROOT, 'connector', 'journal', 'record.ts'), 'utf8');
    const [, intents = ''] = /export type Intent =\n([\s\S]*?);/.exec(source) ?? [];
    const [, outcomes = ''] = /export type RecordOutcome = (.*);/.exec(source) ?? [];
    const names = [...(intents + outcomes).matchAll(/'([^']+)'/g)].map(([, name = '']) => name);
    expect(names.length).to.be.above(15);
    for (const name of names) expect(PAGE).to.contain(`\`${name}\``);
  });
});
