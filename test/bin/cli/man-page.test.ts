import { spawnSync } from 'node:child_process';
import { expect } from 'chai';
import { helpBlocks, UNBROKEN } from '../../../bin/cli/help-blocks.ts';
import { everyHelp } from '../../../bin/cli/help-text.ts';
import { manPage } from '../../../bin/cli/man-page.ts';

const has = (tool: string): boolean => spawnSync('sh', ['-c', `command -v ${tool}`]).status === 0;

/** The page as it is read, or what the tool complains of. */
const formatted = (page: string, tool: string, words: readonly string[]) =>
  spawnSync(tool, words, { input: page, encoding: 'utf8' });

describe('the manual page', () => {
  let page = '';
  before(async () => {
    page = await manPage();
  });

  it('has the sections that manual pages have', () => {
    expect([...page.matchAll(/^\.SH (.*)$/gm)].map(([, title]) => title)).to.deep.equal([
      'NAME',
      'SYNOPSIS',
      'DESCRIPTION',
      'COMMANDS',
      'OPTIONS',
      'EXIT STATUS',
      'ENVIRONMENT',
      'FILES',
      'EXAMPLES',
      'SEE ALSO',
    ]);
  });

  it('is read without a warning by groff', function () {
    if (!has('groff')) return this.skip();
    const { stderr, status } = formatted(page, 'groff', ['-ww', '-Tutf8', '-man']);
    expect([stderr, status]).to.deep.equal(['', 0]);
  });

  it('is read without a complaint by mandoc', function () {
    if (!has('mandoc')) return this.skip();
    const { stdout } = formatted(page, 'mandoc', ['-Tlint', '-Wwarning']);
    expect(stdout).to.equal('');
  });

  it('shows every verb with its flags and examples, letter by letter', async function () {
    if (!has('groff')) return this.skip();
    const words = ['-Tutf8', '-P-cbou', '-man', '-rLL=1000n'];
    const lines = formatted(page, 'groff', words)
      .stdout.split('\n')
      .map((line) => line.trim().replaceAll(/ +/g, ' '));
    let verbs = 0;
    for await (const { text, verb, isRun } of everyHelp(UNBROKEN)) {
      if (verb === '' || !isRun) continue;
      verbs += 1;
      const { usage, own, examples } = helpBlocks(text);
      expect(examples, verb).to.not.deep.equal([]);
      expect(lines).to.include(usage.replace('scim-connector ', ''));
      for (const { command } of examples) expect(lines).to.include(command.replaceAll(/ +/g, ' '));
      for (const { name } of own)
        expect(
          lines.some((line) => line === name || line.startsWith(`${name} `)),
          `${verb} ${name}`,
        ).to.equal(true);
    }
    expect(verbs).to.be.above(30);
  });
});

describe('a help text', () => {
  it('is taken apart', () => {
    const text = `scim-connector x <who>

What it does

Positionals:
  who  Whose  [string] [required]

Options:
      --config  The file    [string]
  -f, --follow  Go on until Ctrl-C   [boolean]
      --put     How  [string] [choices: "merge", "replace"] [default: "merge"]

Everywhere:
      --json     For programs  [boolean]
  -v, --verbose  All of it     [boolean]

Examples:
  # what for
  scim-connector x ana | jq '.[]'
`;
    expect(helpBlocks(text)).to.deep.equal({
      usage: 'scim-connector x <who>',
      description: 'What it does',
      own: [
        { name: 'who', meaning: 'Whose' },
        { name: '-f, --follow', meaning: 'Go on until Ctrl-C' },
        { name: '--put', meaning: 'How (choices: "merge", "replace") (default: "merge")' },
        { name: '-v, --verbose', meaning: 'All of it' },
      ],
      everywhere: [
        { name: '--config', meaning: 'The file' },
        { name: '--json', meaning: 'For programs' },
        { name: '-v, --verbose', meaning: 'All of it' },
      ],
      examples: [{ use: 'what for', command: "scim-connector x ana | jq '.[]'" }],
    });
  });
});
