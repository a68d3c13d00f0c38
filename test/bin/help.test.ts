import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { commands } from '../../bin/cli/cli.ts';
import { type CliResult, cli } from '../support/cli.ts';

const DOCS = join(import.meta.dirname, '..', '..', 'docs');
const topics = readdirSync(DOCS).flatMap((name) => /^(.*)\.md$/.exec(name)?.[1] ?? []);
const verbs = commands.map(({ command }) => /^\S*/.exec(String(command))?.[0] ?? '');

const help = (...words: readonly string[]): Promise<CliResult> => cli(['help', ...words], { env: { COLUMNS: '80' } });

describe('help', () => {
  it('shows the verbs, and with the name of one its flags', async () => {
    expect((await help()).stdout).to.include('Usage: scim-connector VERB');
    expect((await help('token', 'add')).stdout).to.match(/^scim-connector token add <name>/);
  });

  it('lists every page, under the name that shows it', async () => {
    const listed = JSON.parse((await help('topics', '--json')).stdout) as readonly { topic: string }[];
    expect(listed.map(({ topic }) => topic.replace('.md', '')).sort()).to.deep.equal([...topics].sort());
    const hidden = listed.filter(({ topic }) => verbs.includes(topic));
    expect(hidden, 'a verb would be shown').to.deep.equal([]);
  });

  it('shows a page without its marks, commands unbroken', async () => {
    const { code, stdout } = await help('quickstart');
    expect(code).to.equal(0);
    expect(stdout).to.match(/^QUICKSTART/);
    expect(stdout).to.include('    $ npm ci && npm start\n');
    expect(stdout).to.not.match(/\*Test|\]\(/);
  });

  it('shows the page where a verb has its name', async () => {
    expect((await help('audit.md')).stdout).to.match(/^THE AUDIT LOG/);
  });

  it('gives the Markdown to programs', async () => {
    const { markdown } = JSON.parse((await help('quickstart', '--json')).stdout) as { readonly markdown: string };
    expect(markdown).to.match(/^# Quickstart/);
  });

  it('names the page that was meant', async () => {
    const { code, stderr } = await help('quikstart');
    expect([code, stderr]).to.deep.equal([
      2,
      'there is no verb and no page "quikstart"; did you mean "quickstart"?; "help topics" lists the pages\n',
    ]);
  });
});
