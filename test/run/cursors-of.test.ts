import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { cursorsOf } from '../../connector/run/cursors-of.ts';
import { Secret } from '../../connector/secrets/secret.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const asked = { list: 'x', count: 1 };
const onward = { place: '7', seen: 1 };

describe('the key of cursors', () => {
  const folder = temporaryFolder();
  const warnings: string[] = [];
  const log = { info: () => {}, warn: (text: string) => warnings.push(text) };

  const made = (state_dir: string, key?: string) =>
    cursorsOf({ state_dir, server: { ...(key ? { cursor_key: new Secret(key) } : {}) } } as never, log)('default');

  it('is the same for all connectors that are configured with one', () => {
    const cursor = made(join(folder.path, 'a'), 'k'.repeat(32)).seal(asked, onward);
    expect(made(join(folder.path, 'b'), 'k'.repeat(32)).open(asked, cursor)).to.deep.equal(onward);
    expect(() => made(join(folder.path, 'b'), 'l'.repeat(32)).open(asked, cursor)).to.throw('does not belong');
  });

  it('is made once in the state folder, for the owner alone, and stays over a restart', () => {
    const cursor = made(folder.path).seal(asked, onward);
    expect(made(folder.path).open(asked, cursor)).to.deep.equal(onward);
    expect(statSync(join(folder.path, 'secret.key')).mode & 0o777).to.equal(0o600);
  });

  it('is one for the while where none can be kept, and the log says so', () => {
    const nowhere = made('/proc/nowhere');
    expect(nowhere.open(asked, nowhere.seal(asked, onward))).to.deep.equal(onward);
    expect(warnings).to.have.length(1);
    expect(warnings[0]).to.match(/^cursors of SCIM 2.0 lists are good until the connector stops/);
  });
});
