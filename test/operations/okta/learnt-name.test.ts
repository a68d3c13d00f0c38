import { expect } from 'chai';
import type { Config } from '../../../connector/config/config.ts';
import { runChecks } from '../../../connector/operations/check/check.ts';
import { sheetOf } from '../../../connector/operations/okta/okta-sheet.ts';
import { statusOf } from '../../../connector/operations/status/status.ts';
import { Connector } from '../../../connector/run/connector.ts';
import { LinesLog } from '../../support/lines-log.ts';
import { send } from '../../support/send.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { configuration } from '../configuration.ts';

const person = (userName: string, urn: string) => ({ userName, [urn]: { badgeId: '7' } });

describe("Okta's own name of an app", () => {
  const folder = temporaryFolder();
  let config: Config;
  const configured = async (name: string): Promise<void> => {
    const settings = [
      'state_dir = "state"',
      '[server]',
      'http = true',
      'listen = "127.0.0.1:0"',
      '[auth]',
      'method = "none"',
    ];
    const app = ['[apps.default]', `okta_app = "${name}"`, '[apps.default.users.custom.badgeId]', 'type = "string"'];
    ({ config } = await configuration(folder.path, ...settings, ...app));
  };
  /** What came of people with custom attributes under these names, over a restart. */
  const served = async (...urns: readonly string[]): Promise<void> => {
    const connector = await Connector.open(config, new LinesLog());
    await connector.listen();
    for (const urn of urns) {
      const { status, text } = await send(`${connector.baseUrls[0]}/Users`, 'POST', person(`u${urn.length}@x.y`, urn));
      expect(status, text).to.equal(201);
    }
    await connector.close();
  };
  const sheet = async () => {
    const [app] = config.apps;
    if (!app) throw new Error('no app');
    return sheetOf(config, app);
  };
  const told = async (): Promise<readonly string[]> => {
    const [checks, { lights }] = [await runChecks({ config, warnings: [] }), await statusOf(config)];
    return [...checks, ...lights].filter(({ text }) => text.includes('okta_app =')).map(({ status }) => status);
  };

  it('is learnt from the first request that has it, and told where the configuration has another', async () => {
    await configured('onprem_app');
    expect((await sheet()).custom_attributes[0]?.external_namespace).to.equal('urn:okta:onprem_app:1.0:user:custom');
    expect(await told()).to.deep.equal([]);
    await served('urn:okta:corp_hr_1:1.0:user:custom');
    const { custom_attributes: rows, notes } = await sheet();
    expect(rows[0]?.external_namespace).to.equal('urn:okta:corp_hr_1:1.0:user:custom');
    expect(notes[0]).to.match(
      /^Okta calls this app "corp_hr_1" and okta_app is "onprem_app".*set okta_app = "corp_hr_1" under \[apps\.default\]/,
    );
    expect(await told()).to.deep.equal(['warning', 'warning']);
    await configured('corp_hr_1');
    expect(await told()).to.deep.equal([]);
  });

  it('is not learnt of groups, whose namespace is the same for every app', async () => {
    await configured('corp_hr_1');
    const connector = await Connector.open(config, new LinesLog());
    await connector.listen();
    const group = { displayName: 'Staff', 'urn:okta:custom:group:1.0': { description: 'All' } };
    expect((await send(`${connector.baseUrls[0]}/Groups`, 'POST', group)).status).to.equal(201);
    await connector.close();
    expect(await told()).to.deep.equal([]);
  });

  it('is the configured one where a person has several', async () => {
    await configured('corp_hr_1');
    const connector = await Connector.open(config, new LinesLog());
    await connector.listen();
    const other = { 'urn:okta:other:1.0:user:custom': { badgeId: '7' } };
    const body = { ...other, ...person('a@x.y', 'urn:okta:corp_hr_1:1.0:user:custom') };
    expect((await send(`${connector.baseUrls[0]}/Users`, 'POST', body)).status).to.equal(201);
    await connector.close();
    expect(await told()).to.deep.equal([]);
  });

  it('is nothing that no app is called', async () => {
    await configured('onprem_app');
    await served('urn:okta:\u001b[31m evil:1.0:user:custom').catch(() => undefined);
    expect((await sheet()).custom_attributes[0]?.external_namespace).to.equal('urn:okta:onprem_app:1.0:user:custom');
  });
});
