import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { expect } from 'chai';
import { hasTerminal, onTerminal } from '../support/pty.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const CTRL_C = '\u0003';
const CTRL_D = '\u0004';
const BACKSPACE = '\u007f';

(hasTerminal ? describe : describe.skip)('init on a terminal', () => {
  const folder = temporaryFolder();
  const at = (...names: readonly string[]) => join(folder.path, ...names);
  const LOCAL = /on this machine \(y\/n\) \[[yn]\]: $/;
  const PORT = /Port \[8443\]: $/;
  const HOST = /calls this machine by \[.+\]: $/;
  const METHOD = /Authorization type in Okta \(header\/basic\) \[header\]: $/;
  const init = (...answers: readonly (readonly [RegExp, string])[]) =>
    onTerminal(['init'], { cwd: folder.path, answers });
  const config = () => readFileSync(at('connector.toml'), 'utf8');

  it('asks where the agent is, and writes what it was told', async () => {
    const { code, shown } = await init(
      [LOCAL, 'n\r'],
      [PORT, '9443\r'],
      [HOST, 'idm01.corp.example\r'],
      [METHOD, 'basic\r'],
    );
    expect(code, shown).to.equal(0);
    expect(config())
      .to.match(/^listen = ":9443"$/m)
      .and.contain('\nbase_url = "https://idm01.corp.example:9443"')
      .and.match(/names = \[\s*"idm01\.corp\.example"\s*\]/)
      .and.match(/^method = "basic"$/m);
    expect(shown).to.match(/^credential {5}password of "okta": \S+ {3}\(shown this once\)$/m);
  });

  it('takes Enter for the answer in brackets, and listens to this machine only when the agent is on it', async () => {
    const { code, shown } = await init([LOCAL, 'y\r'], [PORT, '\r'], [METHOD, '\r']);
    expect(code, shown).to.equal(0);
    expect(config())
      .to.contain('listen = "127.0.0.1:8443"')
      .and.not.match(/^base_url/m);
    expect(shown).to.match(/^credential {5}token "okta": /m);
  });

  it('keeps the question when an answer is corrected', async () => {
    const { code, shown } = await init([LOCAL, 'y\r'], [PORT, `94434${BACKSPACE}\r`], [METHOD, '\r']);
    expect(code, shown).to.equal(0);
    expect(stripVTControlCharacters(shown)).to.match(/Port \[8443\]: 9443\s*$/m);
    expect(config()).to.contain('listen = "127.0.0.1:9443"');
  });

  it('takes answers that were typed before they were asked for', async () => {
    const { code, shown } = await init([LOCAL, 'n\r9443\ridm01.corp.example\rbasic\r']);
    expect(code, shown).to.equal(0);
    expect(config())
      .to.contain('\nbase_url = "https://idm01.corp.example:9443"')
      .and.match(/^method = "basic"$/m);
  });

  it('explains a question to whoever asks back, and begins with what it will do', async () => {
    const { code, shown } = await init([LOCAL, '?\r'], [LOCAL, 'y\r'], [PORT, 'help\r'], [PORT, '\r'], [METHOD, '\r']);
    expect(code, shown).to.equal(0);
    const said = stripVTControlCharacters(shown).replaceAll(/\s+/g, ' ');
    expect(said)
      .to.match(/^init writes the configuration/)
      .and.contain(`configuration: ${at('connector.toml')}`);
    expect(said).to.contain('The Okta Provisioning Agent is the program').and.contain('The port that the agent calls');
  });

  for (const [what, port] of [
    ['a word', 'https'],
    ['a port of root alone', '22'],
    ['a port that there is not', '70000'],
  ] as const)
    it(`asks again at ${what}`, async () => {
      const { code, shown } = await init([LOCAL, 'y\r'], [PORT, `${port}\r`], [PORT, '9443\r'], [METHOD, '\r']);
      expect(code, shown).to.equal(0);
      expect(stripVTControlCharacters(shown).replaceAll(/\s+/g, ' ')).to.contain(
        'answer with a number from 1024 to 65535; Enter takes 8443, ? explains',
      );
      expect(config()).to.contain('listen = "127.0.0.1:9443"');
    });

  for (const [name, typed] of [
    ['Ctrl-C', CTRL_C],
    ['Ctrl-D', CTRL_D],
  ] as const)
    it(`writes nothing at ${name}`, async () => {
      const { code, shown } = await init([LOCAL, 'y\r'], [PORT, typed]);
      expect(code).to.equal(130);
      expect(shown).to.match(/\ninterrupted: nothing was written\n$/);
      expect(existsSync(at('connector.toml'))).to.equal(false);
      expect(existsSync(at('connector-data'))).to.equal(false);
    });
});
