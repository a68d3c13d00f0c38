import { expect } from 'chai';
import { cliReference } from '../../bin/cli/cli-reference.ts';
import { nodeAt } from '../../connector/config/schema/settings.ts';
import { CATALOGUE, CODES } from '../../connector/explain/catalogue.ts';

const OURS = /^scim-connector (.*)$/;

/** Lines to copy, of every fix. */
const runs = CODES.flatMap((code) =>
  CATALOGUE[code].fix.flatMap((step) =>
    typeof step === 'string' ? [] : step.run.map((line) => [code, line] as const),
  ),
);

/** Without what a shell takes for a remark. */
const commands = runs.flatMap(([code, line]) => {
  const words = OURS.exec(line.replace(/ {2,}#.*/, ''))?.[1];
  return words === undefined ? [] : [[code, words] as const];
});

describe('lines that a fix offers', () => {
  const sections = new Map<string, string>();
  before(async () => {
    for (const part of (await cliReference()).split(/^## /m)) {
      const [title = ''] = part.split('\n', 1);
      sections.set(title, part);
    }
  });

  it('are verbs and flags that there are', () => {
    expect(commands.length).to.be.above(60);
    const wrong = commands.flatMap(([code, line]) => {
      const words = line.split(' ');
      const verb = [2, 1].map((count) => words.slice(0, count).join(' ')).find((name) => sections.has(name));
      const flags = words.filter((word) => word.startsWith('--')).map((word) => word.slice(2));
      const known = `${sections.get(verb ?? '')}\n${[...sections.values()][0]}`;
      const unknown = flags.filter((flag) => !known.includes(`--${flag}`) && !nodeAt(flag.split('.')));
      return (verb === undefined && words[0] !== '--help') || unknown.length > 0 ? [`${code}: ${line}`] : [];
    });
    expect(wrong).to.deep.equal([]);
  });

  it('are settings that there are, and say where they stand', () => {
    const settings = runs.flatMap(([code, line]) => {
      const [, key = '', table] = /^(\w+) = .*?(?: {2,}#.*under \[([\w.]+)\])?$/.exec(line) ?? [];
      return key === '' ? [] : [[code, key, table] as const];
    });
    expect(settings.length).to.be.above(10);
    const wrong = settings.filter(([, key, table]) => table === undefined || !nodeAt([...table.split('.'), key]));
    expect(wrong).to.deep.equal([]);
  });
});
