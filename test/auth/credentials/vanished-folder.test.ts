import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { LastUse, readLastUse } from '../../../connector/auth/credentials/last-use.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

describe('the state folder of a running server, when it is gone', () => {
  const folder = temporaryFolder();

  it('is not made anew, which would look like an installation without people, and what was to be written waits', () => {
    const state = join(folder.path, 'state');
    mkdirSync(state);
    const said: string[] = [];
    const log = { info: () => undefined, warn: (text: string) => void said.push(text) };
    const lastUse = new LastUse(state, log);
    lastUse.touch('okta', Date.UTC(2026, 0, 1));
    rmSync(state, { recursive: true });
    lastUse.flush();
    lastUse.flush();
    expect(existsSync(state)).to.equal(false);
    expect(said).to.deep.equal([
      `the last use of credentials cannot be written: the folder ${state} is gone; bring it back and restart`,
    ]);
    mkdirSync(state);
    lastUse.flush();
    expect(readLastUse(state).get('okta')).to.equal('2026-01-01T00:00:00.000Z');
  });
});
