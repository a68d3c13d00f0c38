import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { expect } from 'chai';
import { hasTerminal, onTerminal } from '../support/pty.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const CTRL_C = '\u0003';
const CTRL_D = '\u0004';
const BACKSPACE = '\u007f';
const DOWN = '\u001b[B';

(hasTerminal ? describe : describe.skip)('init on a terminal', () => {
  const folder = temporaryFolder();
  const at = (...names: readonly string[]) => join(folder.path, ...names);
  const STORE = /people kept\?[\s\S]*select\s*$/;
  const MENU = /Is this right\?[\s\S]*select\s*$/;
  const PORT = /Port .*8443/;
  const HOST = /calls this machine by/;
  /** Lines of the list below the first, which writes. */
  const AGENT = `${DOWN}\r`;
  const item = (place: number) => `${DOWN.repeat(place)}\r`;
  type Answers = readonly (readonly [RegExp, string])[];
  const PLAIN_STORE = /people kept\? \[1\]: $/;
  const plainly = (...answers: Answers) =>
    onTerminal(['init'], { cwd: folder.path, answers: [[PLAIN_STORE, '\r'], ...answers], env: { TERM: 'dumb' } });
  const init = (answers: Answers, env: Readonly<Record<string, string>> = {}) =>
    onTerminal(['init'], { cwd: folder.path, answers: [[STORE, '\r'], ...answers], env });
  const config = () => readFileSync(at('connector.toml'), 'utf8');
  const said = (shown: string) => stripVTControlCharacters(shown).replaceAll(/\s+/g, ' ');

  it('writes what it proposes when that is taken, with two questions', async () => {
    const { code, shown } = await init([[MENU, '\r']]);
    expect(code, shown).to.equal(0);
    expect(config())
      .to.match(/^listen = ":8443"$/m)
      .and.match(/^base_url = "https:\/\/[\w.-]+:8443"$/m)
      .and.match(/^method = "header"$/m);
    expect(shown).to.match(/^credential {5}token "okta": scim_\S+ {3}\(shown this once\)$/m);
  });

  it('changes each line that is chosen, and writes what it was told', async () => {
    const { code, shown } = await init([
      [MENU, item(2)],
      [PORT, '9443\r'],
      [MENU, item(3)],
      [HOST, 'IDM01.corp.example\r'],
      [MENU, item(4)],
      [MENU, '\r'],
    ]);
    expect(code, shown).to.equal(0);
    expect(config())
      .to.match(/^listen = ":9443"$/m)
      .and.contain('\nbase_url = "https://idm01.corp.example:9443"')
      .and.match(/names = \[\s*"idm01\.corp\.example"\s*\]/)
      .and.match(/^method = "basic"$/m);
    expect(shown).to.match(/^credential {5}password of "okta": \S+ {3}\(shown this once\)$/m);
  });

  it('listens to this machine only when the agent is on it, and then asks for no name', async () => {
    const { code, shown } = await init([
      [MENU, AGENT],
      [/on this machine[\s\S]*select\s*$/, '\r'],
    ]);
    expect(code, shown).to.equal(0);
    expect(config())
      .to.contain('listen = "127.0.0.1:8443"')
      .and.not.match(/^(base_url|names)/m);
  });

  it('keeps the question when an answer is corrected, and explains it to whoever asks back', async () => {
    const { code, shown } = await init([
      [MENU, item(2)],
      [PORT, '?\r'],
      [/no other program[\s\S]*Port .*8443/, `94434${BACKSPACE}\r`],
      [MENU, '\r'],
    ]);
    expect(code, shown).to.equal(0);
    expect(said(shown)).to.contain('The port that the agent calls: one that no other program');
    expect(config()).to.contain('listen = ":9443"');
  });

  it('takes answers that were typed before they were asked for', async () => {
    const { code, shown } = await init([[MENU, `${item(2)}9443\r${item(3)}idm01.corp.example\r\r`]]);
    expect(code, shown).to.equal(0);
    expect(config()).to.contain('\nbase_url = "https://idm01.corp.example:9443"');
  });

  for (const [what, port] of [
    ['a word', 'https'],
    ['a port of root alone', '22'],
    ['a port that there is not', '70000'],
  ] as const)
    it(`asks again at ${what}, which can be corrected`, async () => {
      const { code, shown } = await init([
        [MENU, item(2)],
        [PORT, `${port}\r`],
        [/answer with a number from 1024 to 65535/, `${BACKSPACE.repeat(port.length)}9443\r`],
        [MENU, '\r'],
      ]);
      expect(code, shown).to.equal(0);
      expect(config()).to.contain('listen = ":9443"');
    });

  for (const [name, typed] of [
    ['Ctrl-C', CTRL_C],
    ['Ctrl-D', CTRL_D],
  ] as const)
    for (const [where, before] of [
      ['the list', [[MENU, typed]]],
      [
        'a question',
        [
          [MENU, item(2)],
          [PORT, `94${typed}`],
        ],
      ],
    ] as const)
      it(`writes nothing at ${name} in ${where}`, async () => {
        const { code, shown } = await init(before);
        expect(code, shown).to.equal(130);
        expect(stripVTControlCharacters(shown)).to.match(/\ninterrupted: nothing was written\n$/);
        expect(readdirSync(folder.path)).to.deep.equal([]);
      });

  it('asks line by line on a terminal that cannot move its cursor, and sends it no codes', async () => {
    const { code, shown } = await plainly(
      [/5 {2}Okta logs in[\s\S]*Is this right\? \[1\]: $/, '3\r'],
      [/Port \[8443\]: $/, 'x\r'],
      [/answer with a number from 1024[\s\S]*Port \[8443\]: $/, '9443\r'],
      [/Is this right\? \[1\]: $/, '9\r'],
      [/a number from 1 to 5[\s\S]*Is this right\? \[1\]: $/, '\r'],
    );
    expect(code, shown).to.equal(0);
    expect(stripVTControlCharacters(shown)).to.equal(shown);
    expect(config()).to.contain('listen = ":9443"');
  });

  it('writes nothing at Ctrl-D on such a terminal', async () => {
    const { code, shown } = await plainly([/Is this right\? \[1\]: $/, CTRL_D]);
    expect(code, shown).to.equal(130);
    expect(existsSync(at('connector.toml'))).to.equal(false);
  });

  it('asks which app is meant where there are several, and changes that one alone', async () => {
    writeFileSync(at('connector.toml'), 'config_version = 1\n[apps.crm]\n[apps.hr]\n');
    const { code, shown } = await onTerminal(['init'], {
      cwd: folder.path,
      answers: [
        [/Which app\?[\s\S]*select\s*$/, `${DOWN}\r`],
        [STORE, '\r'],
        // Listening to this machine alone, it has no line for a name.
        [MENU, item(3)],
        [MENU, '\r'],
      ],
    });
    expect(code, shown).to.equal(0);
    expect(config()).to.equal('config_version = 1\n[apps.crm]\n[apps.hr]\n\n[apps.hr.auth]\nmethod = "basic"\n');
  });

  it('shows no colours where they are not wanted', async () => {
    const { shown } = await init([[MENU, '\r']], { NO_COLOR: '1' });
    expect(shown).to.contain('Is this right?');
    // Of the codes that remain all move the cursor, or clear.
    const colours = shown.split('\u001b').filter((code) => /^\[[\d;]*m/.test(code));
    expect(colours).to.deep.equal([]);
  });
});
