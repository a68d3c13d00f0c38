import { expect } from 'chai';
import { showConfig } from '../../../bin/terminal/show-config.ts';
import { shownSettings } from '../../../connector/config/describe/show.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { configFile, loadText } from '../load/load-support.ts';

const TEXT = String.raw`state_dir = '/var/lib/a\b'
[server]
deadline = "90s"
[auth]
token = { env = "T" }
[apps.hr]
clear_when_absent = ["title"]
[apps.hr.users.custom]
badgeId = { type = "integer" }
`;
const env = { T: 'hunter2hunter2hunter2', CONNECTOR_LOG__LEVEL: 'warn' };

describe('the settings in force', () => {
  const folder = temporaryFolder();

  it('are shown as they would stand in a file, secrets masked', async () => {
    const loaded = await loadText(folder.path, TEXT, { env });
    const shown = new Map(shownSettings(loaded).map(({ path, value }) => [path.join('.'), value]));
    expect(shown.get('server.deadline')).to.equal('90s');
    expect(shown.get('server.listen')).to.equal('127.0.0.1:8443');
    expect(shown.get('server.max_body')).to.equal('16MiB');
    expect(shown.get('apps.hr.auth.token')).to.equal('[secret]');
    expect(shown.get('apps.hr.path')).to.equal('/hr/scim/v1');
    expect(shown.get('apps.hr.users.custom.badgeId.type')).to.equal('integer');
    expect(JSON.stringify(shownSettings(loaded))).not.to.contain('hunter2');
  });

  it('tell the origin of each, also of what an app takes from [auth]', async () => {
    const loaded = await loadText(folder.path, TEXT, { env });
    const origins = new Map(shownSettings(loaded).map(({ path, origin }) => [path.join('.'), origin]));
    expect(origins.get('log.level')).to.equal('environment CONNECTOR_LOG__LEVEL');
    expect(origins.get('server.deadline')).to.match(/connector\.toml:4$/);
    expect(origins.get('apps.hr.auth.token')).to.match(/connector\.toml:6$/);
    expect(origins.get('apps.hr.put')).to.equal('default');
  });

  it('print as TOML that means the same', async () => {
    const loaded = await loadText(folder.path, TEXT, { env });
    const text = showConfig(loaded, { json: false, origin: true }).replace('"[secret]"', '{ env = "T" }');
    const again = await loadText(folder.path, text, { env });
    expect({ ...again.config, apps: [] }).to.deep.equal({ ...loaded.config, apps: [] });
    const [app, original] = [again.config.apps[0], loaded.config.apps[0]];
    expect(app?.auth.token?.reveal()).to.equal(original?.auth.token?.reveal());
    // Secrets print alike, and are compared above.
    expect(JSON.parse(JSON.stringify(app))).to.deep.equal(JSON.parse(JSON.stringify(original)));
  });

  it('print as JSON in the shape of the file, with origins when asked', async () => {
    const loaded = await loadText(folder.path, TEXT, { env });
    const plain = JSON.parse(showConfig(loaded, { json: true, origin: false }));
    expect(plain.apps.hr.clear_when_absent).to.deep.equal(['title']);
    expect(plain.server.deadline).to.equal('90s');
    const told = JSON.parse(showConfig(loaded, { json: true, origin: true }));
    expect(told.server.deadline).to.deep.equal({ value: '90s', origin: `${configFile(folder.path, TEXT)}:4` });
  });
});
