/** What customers get, end to end. `CONNECTOR_BIN` names the executable; without it the bundle has to pass too. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { CliServer, cli, isPackaged } from '../support/cli.ts';
import { HttpClient } from '../support/http-client.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const person = JSON.stringify({
  schemas: ['urn:scim:schemas:core:1.0'],
  userName: 'bjensen',
  name: { givenName: 'Barbara', familyName: 'Jensen' },
});

describe(isPackaged ? 'the packaged executable' : 'the bundle', () => {
  const folder = temporaryFolder();

  const silently = async (): Promise<{ file: string; token: string; ca: string }> => {
    const file = join(folder.path, 'connector.toml');
    const { code, stdout, stderr } = await cli(['init', '--yes', '--config', file, '--port', '1', '--json']);
    expect(code, stderr).to.equal(0);
    const made = JSON.parse(stdout) as { ca: { file: string }; credentials: { secret: string }[] };
    return { file, token: made.credentials[0]?.secret ?? '', ca: readFileSync(made.ca.file, 'utf8') };
  };

  it('tells its version and what it runs on', async () => {
    const { code, stdout } = await cli(['version', '--json']);
    expect(code).to.equal(0);
    expect(JSON.parse(stdout)).to.include({ node: process.versions.node }).and.to.have.any.keys('sqlite');
  });

  it('is set up silently and finds itself in order', async () => {
    const { file } = await silently();
    const { code, stdout } = await cli(['check', '--config', file, '--json']);
    expect(code, stdout).to.equal(0);
    expect(JSON.parse(stdout)).to.include({ ok: true });
  });

  it('creates and finds a user over HTTPS, and stops cleanly', async () => {
    const { file, token, ca } = await silently();
    const server = await CliServer.start(['--config', file, '--port', '0']);
    const client = new HttpClient({ ca });
    const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
    try {
      expect((await client.send('POST', `${server.url}/Users`, headers, person)).status).to.equal(201);
      const filter = encodeURIComponent('userName eq "BJENSEN"');
      const found = await client.send('GET', `${server.url}/Users?filter=${filter}`, headers);
      expect(JSON.parse(found.text)).to.include({ totalResults: 1 });
      expect((await client.send('GET', `${server.url}/Users`)).status).to.equal(401);
    } finally {
      client.close();
    }
    const { code, stderr } = await server.stop();
    expect(code).to.equal(0);
    expect(stderr).to.include('"msg":"stopped"');
  });

  it('stops when its input ends, and reads its configuration again at a line "reload", for the Windows service', async () => {
    const { file } = await silently();
    const server = await CliServer.start(['--config', file, '--port', '0', '--stop-on-stdin-end']);
    server.tell('reload');
    await server.logged(/configuration read again and in force/);
    server.endInput();
    const { code, stderr } = await server.ended();
    expect(code).to.equal(0);
    expect(stderr).to.include('"msg":"stopped"');
  });

  it('ends when it cannot start, though its input stays open: the Windows service waits for that', async () => {
    const file = join(folder.path, 'gone.toml');
    const failure = await CliServer.start(['--config', file, '--stop-on-stdin-end']).catch((error: Error) => error);
    expect(failure)
      .to.be.an('error')
      .with.property('message')
      .that.matches(/gone\.toml: no such file/);
  });

  it('ends at a signal too, though its input stays open', async () => {
    const { file } = await silently();
    const server = await CliServer.start(['--config', file, '--port', '0', '--stop-on-stdin-end']);
    expect(await server.stop()).to.include({ code: 0 });
  });

  it('runs as it is whatever NODE_OPTIONS says', async function () {
    if (!isPackaged) this.skip();
    const { code } = await cli(['version'], { env: { NODE_OPTIONS: '--no-such-flag' } });
    expect(code).to.equal(0);
  });
});
