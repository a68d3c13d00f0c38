import { expect } from 'chai';
import type { Verdict } from '../../../../connector/operations/doctor/step.ts';
import { WRITING_STEPS } from '../../../../connector/operations/doctor/write/writing-steps.ts';
import { directoryLab } from '../../../support/directories/directory-lab.ts';
import { directories, startServer } from '../../../support/start-server.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { configuration } from '../../configuration.ts';
import { lineOf, writingAt } from './doctored.ts';

for (const name of directories) {
  describe(`doctor --write over ${name}`, () => {
    const suite = directoryLab(name);
    const folder = temporaryFolder();

    it('tries all that Okta does and leaves the directory as it was', async () => {
      const server = await startServer({ store: { lab: suite.lab } });
      try {
        const lines: string[] = [];
        for await (const tried of writingAt(server.url, { folder: folder.path })) lines.push(lineOf(tried));
        expect(lines).to.have.length(WRITING_STEPS.length + 1);
        expect(lines.filter((line) => !/^\w+ ok: /.test(line))).to.deep.equal([]);
        expect((await server.request('GET', '/Users')).body.totalResults).to.equal(0);
        expect((await server.request('GET', '/Groups')).body.totalResults).to.equal(0);
      } finally {
        await server.close();
      }
    });

    it('names what has no place in the directory, and goes on', async () => {
      const custom = [
        { name: 'badgeId', type: 'string' },
        { name: 'shoeSize', type: 'integer' },
      ] as const;
      const text = custom.map((one) => `${one.name} = { type = "${one.type}" }`);
      const { config } = await configuration(folder.path, '[apps.default.users.custom]', ...text);
      const [app] = config.apps;
      if (app === undefined) throw new Error('there is an app');
      const customization = { app: app.okta_app, users: custom, groups: [] };
      // The number is kept all the same, as one for work.
      const map = { 'custom.badgeId': 'employeeNumber', 'phoneNumbers.mobile': '' } as const;
      const server = await startServer({ store: { lab: suite.lab, map }, customization });
      try {
        const verdicts = new Map<string, Verdict>();
        const own = { config, app };
        for await (const { step, verdict } of writingAt(server.url, { folder: folder.path, own }))
          verdicts.set(step.title, verdict);
        expect(verdicts.get('Create Users: what was kept')).to.deep.equal({
          status: 'warning',
          text: 'not kept: phoneNumbers.mobile.type, custom.shoeSize',
          fix: 'give them a place in [apps.default.users.map], or do not map them in Okta',
        });
        const others = [...verdicts.values()].filter(({ status }) => status !== 'ok');
        expect(others.map(({ status }) => status)).to.deep.equal(['warning', 'warning']);
        expect(verdicts.get('Clean-up')?.text).to.equal('3 users removed; nothing is left');
      } finally {
        await server.close();
      }
    });
  });
}
