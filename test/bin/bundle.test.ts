import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { parseTarGzip } from 'nanotar';
import { expectNone } from '../operations/bundle/canary.ts';
import { type CliResult, CliServer, cli } from '../support/cli.ts';
import { send } from '../support/send.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const ANA = {
  userName: 'ana.silva@corp.example',
  name: { givenName: 'Ana', familyName: 'Silvaçö' },
  emails: [{ value: 'ana.private@home.example', primary: true }],
  phoneNumbers: [{ value: '+49 151 2345678' }],
  title: 'Vice Präsidentin',
  password: 'Never-In-A-Bundle-1',
};
/** Typed where a name belongs. */
const WRONG = { userName: 'MyPassw0rd!Canary' };

const filesIn = async (file: string): Promise<ReadonlyMap<string, string>> =>
  new Map((await parseTarGzip(readFileSync(file))).map(({ name, text }) => [name.replace(/^.*\//, ''), text]));

describe('bundle', () => {
  const folder = temporaryFolder();
  const at = (name: string): string => join(folder.path, name);
  const env = () => ({ CONNECTOR_STATE_DIR: at('state'), NO_COLOR: '1' });
  const bundle = (...words: string[]): Promise<CliResult> =>
    cli(['bundle', '--db', at('people.db'), ...words], { cwd: folder.path, env: env() });

  /** A service that has done a few things, and stopped. @returns its log */
  const served = async (level = 'info'): Promise<string> => {
    const words = ['--db', at('people.db'), '--http', '--port', '0', '--auth', 'none', '--log.level', level];
    const server = await CliServer.start(words, { env: env() });
    for (const body of [ANA, { userName: ANA.userName, title: 'Boss' }, WRONG])
      await send(`${server.url}/Users`, 'POST', body);
    const { stderr } = await server.stop();
    writeFileSync(at('log.txt'), stderr);
    return stderr;
  };

  it('holds what support asks for, and nobody of the store', async () => {
    expect(await served('trace')).to.contain('Ana');
    const { stdout, stderr, code } = await bundle('--out', 'b.tar.gz', '--log', 'log.txt', '--json');
    expect(code, stderr).to.equal(0);
    const told = JSON.parse(stdout);
    expect(told.files).to.deep.equal([
      ...['MANIFEST.md', 'versions.json', 'configuration.toml', 'check.json', 'status.json', 'journal.jsonl'],
      ...['log.txt', 'audit.json'],
    ]);
    const files = await filesIn(at('b.tar.gz'));
    expect([...files.keys()]).to.deep.equal(told.files);
    for (const name of told.files.slice(1)) expect(files.get('MANIFEST.md')).to.contain(`| ${name} |`);
    expect(files.get('journal.jsonl')).to.match(/"outcome":"refused".*"reason":"uniqueness"/);
    expect(files.get('log.txt')).to.contain('createNewUser');
    expect(JSON.parse(files.get('audit.json') ?? '')).to.deep.include({ first: 1, problems: [] });
    expectNone(readFileSync(at('b.tar.gz')), [
      ...[ANA.userName, 'Silvaçö', 'ana.private@home.example', '151 2345678', 'Präsidentin', ANA.password],
      ...[WRONG.userName, folder.path],
    ]);
  });

  it('is for its owner alone, and leaves nothing half-written', async () => {
    await served();
    expect((await bundle('--out', 'b.tar.gz')).code).to.equal(0);
    expect(statSync(at('b.tar.gz')).mode & 0o777).to.equal(0o600);
    const before = readFileSync(at('b.tar.gz'));
    const again = await bundle('--out', 'b.tar.gz');
    expect(again.code).to.equal(2);
    expect(again.stderr).to.contain('exists already');
    expect(readFileSync(at('b.tar.gz')).equals(before)).to.equal(true);
    const failed = await bundle('--out', 'c.tar.gz', '--log', 'no-such.log');
    expect(failed.code).to.equal(2);
    expect(existsSync(at('c.tar.gz'))).to.equal(false);
    expect(readdirSync(folder.path).filter((name) => /partial/.test(name))).to.deep.equal([]);
  });

  it('calls a person the same everywhere and next time, and says whom it means', async () => {
    await served('debug');
    await bundle('--out', 'b.tar.gz', '--log', 'log.txt');
    const files = await filesIn(at('b.tar.gz'));
    const [, who = ''] = /"name":"(user-[0-9a-f]{6})"/.exec(files.get('journal.jsonl') ?? '') ?? [];
    expect(files.get('journal.jsonl')).to.contain(`"id":"${who}"`);
    expect(files.get('log.txt')).to.contain(`"id":"${who}"`).and.to.contain(`"name":"${who}"`);
    await bundle('--out', 'c.tar.gz');
    expect((await filesIn(at('c.tar.gz'))).get('journal.jsonl')).to.contain(`"name":"${who}"`);
    const { stdout, code } = await bundle('--who', who);
    expect(code).to.equal(0);
    expect(stdout).to.contain(ANA.userName);
    expect((await bundle('--who', 'user-000000')).code).to.equal(2);
    expect((await bundle('--who', 'word-000000')).stderr).to.contain('may be a secret');
  });

  it('is made where the configuration is refused, and says why it is', async () => {
    writeFileSync(at('bad.toml'), 'config_version = 1\n[server]\nlisten = "Canary-Listen"\nhttpp = true\n');
    const { stdout, stderr, code } = await bundle('--config', 'bad.toml', '--out', 'b.tar.gz', '--json');
    expect(code, stderr).to.equal(0);
    expect(JSON.parse(stdout).missing.map(({ name }: { name: string }) => name)).to.include('configuration.toml');
    const files = await filesIn(at('b.tar.gz'));
    expect(files.get('check.json'))
      .to.contain('"status": "failed"')
      .and.to.match(/bad|path-/);
    expect(files.get('check.json')).to.contain('did you mean \\"http\\"');
    expectNone(readFileSync(at('b.tar.gz')), ['Canary-Listen']);
  });

  it('is made where there is nothing yet', async () => {
    const { stderr, code } = await bundle('--out', 'b.tar.gz');
    expect(code, stderr).to.equal(0);
    expect(stderr).to.contain('without journal.jsonl: there is no journal, or it cannot be read');
  });
});
