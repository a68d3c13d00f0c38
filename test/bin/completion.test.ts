import { spawnSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { expect } from 'chai';
import { SHELLS } from '../../bin/cli/completion-script.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const BUNDLE = join(import.meta.dirname, '..', '..', 'dist', 'scim-connector.cjs');

/** What each shell is told to do to complete `words`, the last of which is being typed. */
const DRIVERS = {
  bash: (words: readonly string[]) =>
    `COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}; _scim_connector; printf '%s\\n' "\${COMPREPLY[@]}"`,
  // `compadd` works within the line editor alone: here it prints what it is given.
  zsh: (words: readonly string[]) =>
    `compadd() { printf '%s\\n' "\${answers[@]}"; }; words=(${words.map((word) => `'${word}'`).join(' ')}); CURRENT=${words.length}; _scim_connector`,
} as const;

describe('completion', () => {
  const folder = temporaryFolder();

  const completed = (shell: keyof typeof DRIVERS, words: readonly string[]): readonly string[] => {
    const program = join(folder.path, 'scim-connector');
    writeFileSync(program, `#!/bin/sh\nexec '${process.execPath}' '${BUNDLE}' "$@"\n`);
    chmodSync(program, 0o755);
    const prelude = shell === 'zsh' ? 'compdef() { :; }\n' : '';
    const script = `${prelude}${SHELLS[shell]}\n${DRIVERS[shell](words)}`;
    const env = { ...process.env, PATH: `${folder.path}${delimiter}${process.env['PATH']}` };
    const { stdout, stderr } = spawnSync(shell, ['-c', script], { env, encoding: 'utf8' });
    expect(stderr).to.equal('');
    return stdout.trim().split('\n');
  };

  for (const shell of ['bash', 'zsh'] as const)
    describe(`in ${shell}`, () => {
      before(function () {
        if (spawnSync(shell, ['-c', ':']).error) this.skip();
      });

      it('completes verbs', () => {
        expect(completed(shell, ['scim-connector', 'tok'])).to.include('token');
      });

      it('completes verbs below verbs', () => {
        expect(completed(shell, ['scim-connector', 'token', ''])).to.include.members(['add', 'list', 'revoke']);
      });

      it('completes flags of a verb', () => {
        expect(completed(shell, ['scim-connector', 'token', 'add', '--e'])).to.include('--expires');
      });
    });
});
