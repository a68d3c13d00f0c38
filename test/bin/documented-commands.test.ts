import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { everyHelp } from '../../bin/cli/help-text.ts';
import { settings } from '../../connector/config/schema/settings.ts';
import { documentedCommands } from '../support/documented-commands.ts';
import { janesDay, shell } from '../support/janes-day.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** A setting under its name in the file is a flag of every verb: `--server.listen`. */
const TABLES = new Set(settings().map(({ path: [table = ''] }) => table));
const isSetting = (flag: string): boolean => flag.includes('.') && TABLES.has(flag.split('.')[0] ?? '');

/** Words of a command, up to where the shell takes over. */
const wordsOf = (command: string): readonly string[] =>
  command
    .replaceAll(/"[^"]*"|'[^']*'/g, 'TEXT')
    .replace(/\s+(?:[|&;#>]|\(ref).*$/, '')
    .split(/\s+/);

/** Not run here: they want a directory, a person, a release or an id, change the machine, or go on until they are stopped. */
const ELSEWHERE =
  /^(init|service|serve|upgrade|rollback|map|doctor|alert|completion|check|config|secret set|token|cert|explain (-|[A-Z]|filter|'TEXT)|bundle --who|events --follow|hold|mode|entitlement|simulate|match|trust|data (restore|import|migrate))|[A-Z]{2,}|--log |…|\|$/;

describe('commands in the documentation', () => {
  const folder = temporaryFolder();
  const commands = documentedCommands();

  it('name verbs and flags that there are', async () => {
    const helps = new Map<string, string>();
    for await (const { verb, text } of everyHelp(200)) helps.set(verb, text);
    helps.set('help', '');
    const wrong: string[] = [];
    for (const { page, command } of commands) {
      const words = wordsOf(command);
      const verb = [words.slice(0, 2).join(' '), words[0] ?? ''].find((one) => helps.has(one));
      const help = helps.get(verb ?? '') ?? '';
      const flags = words.flatMap((word) => /^--(?:no-)?([a-z][\w.-]*)/.exec(word)?.[1] ?? []);
      const unknown = flags.filter((flag) => !help.includes(`--${flag}`) && !isSetting(flag));
      const isLost = verb === undefined;
      if (isLost || unknown.length > 0)
        wrong.push(`${page}: ${command}${unknown.map((flag) => ` (--${flag})`).join('')}`);
    }
    expect(wrong).to.deep.equal([]);
    expect(commands.length).to.be.above(200);
  });

  it('run as they are', async function () {
    if (process.platform === 'win32') return this.skip();
    await janesDay(folder.path);
    writeFileSync(join(folder.path, 'bind-password.txt'), 'a-Bind-Password-1\n');
    const run = shell(folder.path);
    const failed: string[] = [];
    const copied = new Set(commands.filter(({ isCopied }) => isCopied).map(({ command }) => command));
    let count = 0;
    for (const command of copied) {
      if (ELSEWHERE.test(command)) continue;
      count += 1;
      const { code, said } = run(`scim-connector ${command}`);
      // Nothing was found, or the service does not run: it is said, and no wrong use.
      if (code === null || code > 1) failed.push(`${command}: ${code} ${said}`);
    }
    expect(failed).to.deep.equal([]);
    expect(count).to.be.above(8);
  });
});
