import { readdirSync } from 'node:fs';
import { expect } from 'chai';
import { WRITING_STEPS } from '../../../../connector/operations/doctor/write/writing-steps.ts';
import { customUrn } from '../../../../connector/simulator/payload.ts';
import { startServer, type TestServer } from '../../../support/start-server.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { configuration } from '../../configuration.ts';
import { lineOf, writingAt } from './doctored.ts';

describe('doctor --write', () => {
  const folder = temporaryFolder();
  let server: TestServer;

  beforeEach(async () => {
    server = await startServer({ store: 'sqlite' });
  });
  afterEach(() => server.close());

  it('tries all that Okta does and leaves nothing', async () => {
    const lines: string[] = [];
    for await (const tried of writingAt(server.url, { folder: folder.path })) lines.push(lineOf(tried));
    expect(lines).to.have.length(WRITING_STEPS.length + 1);
    expect(lines.filter((line) => !/^\w+ ok: /.test(line))).to.deep.equal([]);
    expect(readdirSync(folder.path)).to.deep.equal([]);
    expect((await server.request('GET', '/Users')).body.totalResults).to.equal(0);
    expect((await server.request('GET', '/Groups')).body.totalResults).to.equal(0);
  });

  it('sends a value of each type that custom attributes have, and finds it again', async () => {
    const types = ['string', 'boolean', 'integer', 'decimal', 'datetime', 'list'] as const;
    const lines = types.map((type) => `${type}Of = { type = "${type}" }`);
    const { config } = await configuration(folder.path, '[apps.default.users.custom]', ...lines);
    const [app] = config.apps;
    if (app === undefined) throw new Error('there is an app');
    const customization = { app: app.okta_app, users: app.users.custom, groups: [] };
    const other = await startServer({ store: 'sqlite', customization });
    try {
      let read: readonly string[] = [];
      for await (const tried of writingAt(other.url, { folder: folder.path, own: { config, app } })) {
        expect(tried.verdict.status, lineOf(tried)).to.equal('ok');
        if (tried.step.name !== 'importUserProfile') continue;
        const { Resources } = (await other.request('GET', '/Users')).body;
        read = Object.keys(Resources[0][customUrn(app.okta_app)]);
      }
      expect(read).to.have.members(types.map((type) => `${type}Of`));
    } finally {
      await other.close();
    }
  });
});
