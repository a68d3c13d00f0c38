import { join } from 'node:path';
import { expect } from 'chai';
import { shelfOf } from '../../../../connector/operations/doctor/write/shelf.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { configuration } from '../../configuration.ts';

describe('the books of doctor', () => {
  const folder = temporaryFolder();

  it('are beside the state of our own connector, and say which app when there are several', async () => {
    const { config } = await configuration(folder.path, '[apps.hr]', '[apps.it]');
    const [app] = config.apps;
    if (app === undefined) throw new Error('there is an app');
    expect(shelfOf({ config, app })).to.deep.equal({
      folder: join(config.state_dir, 'doctor'),
      server: `app ${app.name}`,
      clean: `scim-connector doctor --clean --app ${app.name}`,
    });
    expect(shelfOf({ config: { ...config, apps: [app] }, app }).clean).to.equal('scim-connector doctor --clean');
  });

  it('of another server are in the folder of whoever examines it, without the credential', () => {
    const target = { baseUrl: 'https://scim.example.com/v1/', headers: { Authorization: 'Bearer secret' } };
    const shelf = shelfOf(target, { XDG_STATE_HOME: '/var/mine', LOCALAPPDATA: '/var/mine' });
    expect(shelf).to.deep.equal({
      folder: join('/var/mine', 'scim-connector', 'doctor'),
      server: 'https://scim.example.com/v1',
      clean: "scim-connector doctor --clean --target 'https://scim.example.com/v1' --header 'NAME: VALUE'",
    });
    if (process.platform !== 'win32')
      expect(shelfOf(target, { XDG_STATE_HOME: 'relative' }).folder).to.match(
        /\.local\/state\/scim-connector\/doctor$/,
      );
  });
});
