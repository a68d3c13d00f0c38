import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { SecretStore } from '../../../connector/secrets/secret-store.ts';
import { cli } from '../../support/cli.ts';
import { hasTerminal, onTerminal } from '../../support/pty.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const ESCAPE = '\u001b[';
const CTRL_C = '\u0003';
const CTRL_D = '\u0004';

(hasTerminal ? describe : describe.skip)('on a terminal', () => {
  const folder = temporaryFolder();
  const at = (...names: readonly string[]) => join(folder.path, ...names);

  describe('secret set', () => {
    const set = (typed: string) =>
      onTerminal(['secret', 'set', 'ldap-bind'], {
        cwd: folder.path,
        answers: [[/Value of "ldap-bind": $/, typed]],
      });
    const stored = () => new SecretStore(at('connector-data'), {}).get('ldap-bind');

    it('asks for the value and does not show it', async () => {
      const { code, shown } = await set('hunter2\r');
      expect(code).to.equal(0);
      expect(shown).to.contain('Value of "ldap-bind": \nstored; settings refer to it as { secret = "ldap-bind" }\n');
      expect(shown).not.to.contain('hunter2');
      expect(stored()).to.equal('hunter2');
    });

    for (const [name, typed, code, message] of [
      ['Ctrl-C', `hunt${CTRL_C}`, 130, 'interrupted: nothing was changed'],
      ['Ctrl-D', CTRL_D, 2, 'no value was entered: nothing was changed'],
      ['Enter alone', '\r', 5, 'the value of "ldap-bind" is empty'],
    ] as const)
      it(`stores nothing at ${name}`, async () => {
        const ended = await set(typed);
        expect(ended.code).to.equal(code);
        expect(ended.shown)
          .to.match(new RegExp(`\n${message}\n$`))
          .and.not.contain('hunt');
        expect(stored()).to.equal(undefined);
      });
  });

  describe('cert renew --ca', () => {
    const renew = (typed: string) =>
      onTerminal(['cert', 'renew', '--ca'], {
        cwd: folder.path,
        answers: [[/Make a new CA \[y\/N\]: /, typed]],
      });
    const ca = () => readFileSync(at('connector-data', 'tls', 'ca.crt'), 'utf8');
    beforeEach(() => cli(['cert', 'renew'], { cwd: folder.path }));

    it('says what it means, and goes on at yes', async () => {
      const before = ca();
      const { code, shown } = await renew('y\r');
      expect(shown).to.match(/^A new CA locks out all agents until they have imported it\.\n/);
      expect(code).to.equal(0);
      expect(ca()).not.to.equal(before);
    });

    for (const [name, typed, message] of [
      ['no', 'n\r', 'not confirmed'],
      ['Enter', '\r', 'not confirmed'],
      ['Ctrl-C', CTRL_C, 'interrupted'],
      ['Ctrl-D', CTRL_D, 'no answer'],
    ] as const)
      it(`changes nothing at ${name}`, async () => {
        const before = ca();
        const { code, shown } = await renew(typed);
        expect(code).to.equal(130);
        expect(shown).to.contain(`\n${message}: nothing was changed\n`);
        expect(ca()).to.equal(before);
      });
  });

  it('check has colors, unless NO_COLOR or --no-color says otherwise', async () => {
    const check = async (words: readonly string[], env: Record<string, string | undefined> = {}) =>
      (
        await onTerminal(['check', ...words], {
          cwd: folder.path,
          // In CI, by its variable, Node takes a terminal for one without colors.
          env: { TERM: 'xterm-256color', CI: undefined, NO_COLOR: undefined, FORCE_COLOR: undefined, ...env },
        })
      ).shown;
    expect(await check([])).to.contain(`${ESCAPE}32mok`);
    expect(await check([], { NO_COLOR: '1' })).not.to.contain(ESCAPE);
    for (const flag of ['--no-color', '--color=false']) expect(await check([flag]), flag).not.to.contain(ESCAPE);
  });

  it('breaks sentences between words and values to paste not at all', async () => {
    writeFileSync(at('c.toml'), 'config_version = 1\n[server]\nbase_url = "https://idm01.corp.example"\n');
    const { shown } = await onTerminal(['okta', 'sheet', '--config', 'c.toml'], { cwd: folder.path });
    expect(shown).to.contain('  SCIM connector base URL  https://idm01.corp.example/scim/v1/\n');
    for (const line of shown.split('\n')) expect(line.length, line).to.be.at.most(80);
    const { stdout } = await cli(['okta', 'sheet', '--config', 'c.toml'], { cwd: folder.path });
    const words = (text: string) => text.split(/\s+/);
    expect(words(shown)).to.deep.equal(words(stdout));
  });
});
