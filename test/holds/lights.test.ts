import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import type { Config } from '../../connector/config/config.ts';
import { holdLights } from '../../connector/operations/status/hold-lights.ts';
import { call, deactivate, heldApps, outcomeOf } from './held-app.ts';

const BY = { actor: 'ops', reason: 'maintenance' };

describe('the light of changes', () => {
  const suite = heldApps();
  const lights = () => {
    const { apps } = suite;
    const config = {
      state: { backend: 'files' },
      state_dir: apps.folder,
      apps: [{ name: 'hr' }, { name: 'it' }],
    } as unknown as Config;
    return holdLights(config, apps.place.now + 3_600_000);
  };

  it('is there for an app that is held, or refuses, with what to type', async () => {
    const { apps } = suite;
    expect(await lights()).to.deep.equal([]);
    const ids = await apps.people(20);
    const service = apps.serve({ deactivations: { count: 1, percent: 1 } });
    for (const id of ids.slice(0, 2)) await outcomeOf(deactivate(service, id));
    await apps.desk((desk) => desk.setModes(['it'], 'read-only', BY));
    expect((await lights()).map(({ app, status, text, fix }) => [app, status, text, fix])).to.deep.equal([
      ['hr', 'warning', 'held for 60 min: 2 people would be deactivated within 1d, limit 1', { ours: 'hold show 1' }],
      ['it', 'warning', 'refused for 60 min: mode read-only', { ours: 'mode normal' }],
    ]);
    await apps.desk((desk) => desk.release(1, BY));
    await apps.desk((desk) => desk.setModes(['it'], 'normal', BY));
    expect(await lights()).to.deep.equal([]);
  });

  it('says what is wrong with a file that cannot be read', async () => {
    writeFileSync(suite.apps.place.file, 'no database'.repeat(200));
    const [light] = await lights();
    expect(light?.status).to.equal('failed');
    expect(light?.text).to.match(/holds\.db: it is no database; move it away/);
  });

  it('and the figures tell of each app', async () => {
    const { apps } = suite;
    const ids = await apps.people(20);
    const service = apps.serve({ deactivations: { count: 1, percent: 1 } });
    for (const id of ids.slice(0, 4)) await outcomeOf(deactivate(service, id));
    const figures = (await Promise.all(apps.gates.map((gates) => gates.gauges(call, ['hr', 'gone'])))).flat();
    expect(figures.map(({ name, value, labels }) => `${name} ${labels?.['app']} ${value}`)).to.deep.equal([
      ...['hold_open hr 1', 'mode_read_only hr 0', 'held_writes_total hr 3'],
    ]);
  });
});
