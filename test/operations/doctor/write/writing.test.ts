import { readdirSync } from 'node:fs';
import { expect } from 'chai';
import { WRITING_STEPS } from '../../../../connector/operations/doctor/write/writing-steps.ts';
import { startServer, type TestServer } from '../../../support/start-server.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
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
});
