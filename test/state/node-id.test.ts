import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { nodeId } from '../../connector/state/node-id.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('the id of an installation', () => {
  const folder = temporaryFolder();
  const file = () => join(folder.path, 'node-id');

  it('is made once, for its owner alone, and stays', () => {
    const id = nodeId(folder.path);
    expect(id).to.match(/^[0-9a-f-]{36}$/);
    expect(nodeId(folder.path)).to.equal(id);
    expect(readFileSync(file(), 'utf8')).to.equal(`${id}\n`);
    if (process.platform !== 'win32') expect(statSync(file()).mode & 0o777).to.equal(0o600);
  });

  it('is another in another folder', () => {
    expect(nodeId(join(folder.path, 'other'))).not.to.equal(nodeId(folder.path));
  });

  it('is made anew where the file holds none', () => {
    writeFileSync(file(), '');
    const id = nodeId(folder.path);
    expect(id).to.match(/^[0-9a-f-]{36}$/);
    expect(nodeId(folder.path)).to.equal(id);
  });
});
