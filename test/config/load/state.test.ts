import { expect } from 'chai';
import { loadConfig } from '../../../connector/config/load/load.ts';

import { temporaryFolder } from '../../support/temporary-folder.ts';
import { loadText, problemsOf } from './load-support.ts';

const URL = 'postgres://scim@db.corp.example:5432/scim';
const OTHER = 'postgres://scim@other.corp.example:5432/scim';

describe('where the state is', () => {
  const folder = temporaryFolder();

  const stateOf = async (text: string, sources = {}) => (await loadText(folder.path, text, sources)).config.state;

  it('is in files where nothing is said', async () => {
    expect((await loadConfig({ cwd: folder.path })).config.state.backend).to.equal('files');
  });

  const FORMS: Readonly<Record<string, string>> = {
    'the word above the table': `state = "postgres"\n[state.postgres]\nurl = "${URL}"`,
    'the table alone': `[state.postgres]\nurl = "${URL}"`,
    'a dotted key above the table': `state.backend = "postgres"\n[state.postgres]\nurl = "${URL}"`,
    'a table for each': `[state]\nbackend = "postgres"\n[state.postgres]\nurl = "${URL}"`,
    'the word above the tables': `"state" = 'postgres' # ours\n[state]\n[state.postgres]\nurl = "${URL}"`,
    'inline tables': `state = { backend = "postgres", postgres = { url = "${URL}" } }`,
  };
  for (const [how, text] of Object.entries(FORMS))
    it(`is in a database by ${how}`, async () => {
      const state = await stateOf(text);
      expect(state.backend).to.equal('postgres');
      expect(state.postgres.url).to.equal(URL);
    });

  it('is in a database by a variable, and by a flag over it', async () => {
    const env = { CONNECTOR_STATE: 'postgres', CONNECTOR_STATE__POSTGRES__URL: URL };
    expect((await loadConfig({ cwd: folder.path, env })).config.state).to.deep.include({ backend: 'postgres' });
    const flags = [{ path: ['state', 'backend'], name: '--state', value: 'files' }];
    const { CONNECTOR_STATE__POSTGRES__URL: _, ...word } = env;
    expect((await loadConfig({ cwd: folder.path, env: word, flags })).config.state.backend).to.equal('files');
  });

  it('keeps the lines of the file, whatever the word stands beside', async () => {
    const text = `state = "postgres"\n[state.postgres]\nurl = "${URL}"\n[server]\nlisen = ":1"`;
    expect(await problemsOf(folder.path, loadText(folder.path, text))).to.deep.equal([
      'connector.toml:6: server.lisen: unknown setting; did you mean "listen"?',
    ]);
    const { originOf } = await loadText(folder.path, text.replace('lisen', 'listen'));
    expect(originOf(['state', 'backend'])).to.deep.include({ line: 2 });
  });

  it('is refused where it is said twice, or is no such word', async () => {
    const twice = `state = "postgres"\n[state]\nbackend = "files"`;
    expect(await problemsOf(folder.path, loadText(folder.path, twice))).to.deep.equal([
      'connector.toml:2: state: said twice; keep state = "postgres" or backend in [state], not both',
    ]);
    expect(await problemsOf(folder.path, loadText(folder.path, 'state = "postgre"'))).to.deep.equal([
      'connector.toml:2: state.backend: must be one of "files", "postgres", not "postgre"; did you mean "postgres"?',
    ]);
  });

  it('needs a database, and says where to name it', async () => {
    expect(await problemsOf(folder.path, loadText(folder.path, 'state = "postgres"'))).to.deep.equal([
      'connector.toml:2: state.postgres.url: missing; state = "postgres" needs the database in [state.postgres], unless one app has backend = "postgres"',
    ]);
  });

  it('says what has no effect', async () => {
    const text = `state = "files"\n[state.postgres]\nurl = "${OTHER}"`;
    expect(await problemsOf(folder.path, loadText(folder.path, text))).to.deep.equal([
      'connector.toml:4: state.postgres.url: has no effect with state = "files"; set state = "postgres" or leave it out',
    ]);
  });
});
