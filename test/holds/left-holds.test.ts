import { expect } from 'chai';
import type { Config } from '../../connector/config/config.ts';
import { tellLeftHolds } from '../../connector/run/left-holds.ts';
import { LinesLog } from '../support/lines-log.ts';
import { heldApps } from './held-app.ts';

describe('what holds.db has held when state = "postgres" begins', () => {
  const suite = heldApps();

  it('is named, by app, and nothing is said of what goes on', async () => {
    const { apps } = suite;
    const config = {
      state_dir: apps.folder,
      apps: [{ name: 'hr' }, { name: 'it' }, { name: 'new' }],
    } as never as Config;
    const log = new LinesLog();
    await tellLeftHolds(config, log);
    expect(log.lines).to.deep.equal([]);
    await apps.desk((desk) => desk.setModes(['hr'], 'hold', { actor: 'ops' }));
    await apps.desk((desk) => desk.setModes(['it'], 'read-only', { actor: 'ops' }));
    await tellLeftHolds(config, log);
    expect(log.lines.map((line) => line.replace(apps.folder, ''))).to.deep.equal([
      'warn /holds.db has the app in mode hold, which is not in force with state = "postgres": type mode hold if it shall be, and move the file away',
      'warn /holds.db has the app in mode read-only, which is not in force with state = "postgres": type mode read-only if it shall be, and move the file away',
    ]);
  });
});
