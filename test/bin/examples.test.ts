import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { helpBlocks, UNBROKEN } from '../../bin/cli/help-blocks.ts';
import { everyHelp } from '../../bin/cli/help-text.ts';
import { janesDay, shell } from '../support/janes-day.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** Not run here: they change the machine, want a directory, a release, a type of entitlements or a person who answers, or run until they are stopped. */
const ELSEWHERE =
  /^scim-connector (service|upgrade|rollback|serve|init|map|match|simulate|completion|doctor|alert test|status|bundle|explain (K7Q2|filter)|events --follow|secret set ldap-bind$|token (revoke|add okta)|audit|entitlement|hold (show|release|reject)|mode hold)|--app hr| cert renew|^scim-connector data (restore|import|migrate)|psql/;

describe('examples of the help', () => {
  const folder = temporaryFolder();

  it('run', async function () {
    if (process.platform === 'win32') return this.skip();
    await janesDay(folder.path);
    writeFileSync(join(folder.path, 'bind-password.txt'), 'a-Bind-Password-1\n');
    const run = shell(folder.path);
    run('scim-connector cert renew --yes');
    const failed: string[] = [];
    let count = 0;
    for await (const { text, verb, isRun } of everyHelp(UNBROKEN)) {
      if (verb === '' || !isRun) continue;
      for (const { command } of helpBlocks(text).examples) {
        if (ELSEWHERE.test(command)) continue;
        count += 1;
        const { code, said } = run(command.replace('| less', '| cat'));
        if (code !== 0) failed.push(`${command}: ${code} ${said}`);
      }
    }
    expect(failed).to.deep.equal([]);
    expect(count).to.be.above(20);
  });
});
