import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Config } from '../../../connector/config/config.ts';
import type { Given } from '../../../connector/operations/simulate/asked.ts';
import { type Simulation, simulate } from '../../../connector/operations/simulate/simulate.ts';
import { Connector } from '../../../connector/run/connector.ts';
import { LinesLog } from '../../support/lines-log.ts';
import { send } from '../../support/send.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { configuration } from '../configuration.ts';

const ANA = { userName: 'ana@example.com', name: { givenName: 'Ana', familyName: 'Silva' }, active: true };
const URN = 'urn:ietf:params:scim:schemas';
const SECRET = "It's-my-Secret-1?";

const rehearsals = (): readonly string[] => readdirSync(tmpdir()).filter((name) => name.includes('rehearsal'));

describe('simulate on SQLite', () => {
  const folder = temporaryFolder();
  let config: Config;
  let connector: Connector;

  const simulated = (given: Omit<Given, 'body'> & { readonly body?: object | string }, ...lines: readonly string[]) =>
    configuration(folder.path, ...SETTINGS, ...lines).then(({ config: changed }) => {
      const [app] = changed.apps;
      if (!app) throw new Error('no app');
      const { body = '' } = given;
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      return simulate(changed, app, { ...given, body: text }, AbortSignal.timeout(30_000));
    });
  const SETTINGS = [
    'state_dir = "state"',
    '[server]',
    'http = true',
    'listen = "127.0.0.1:0"',
    '[auth]',
    'method = "none"',
    '[apps.default]',
  ];
  const post = async (path: string, body: object): Promise<string> => {
    const answer = await send(`${connector.baseUrls[0]}${path}`, 'POST', body);
    expect(answer.status, answer.text).to.equal(201);
    return String(answer.body['id']);
  };
  /** Every file of the state folder but those in which SQLite keeps who reads. */
  const state = (): string =>
    readdirSync(join(folder.path, 'state'), { recursive: true, encoding: 'utf8' })
      .filter((name) => !name.endsWith('-shm'))
      .map((name) => join(folder.path, 'state', name))
      .filter((path) => existsSync(path))
      .sort()
      .map((path) => {
        try {
          return `${path} ${createHash('sha256').update(readFileSync(path)).digest('hex')}`;
        } catch {
          return path;
        }
      })
      .join('\n');
  const changes = ({ records }: Simulation) => records.flatMap((record) => record.changes ?? []);

  beforeEach(async () => {
    ({ config } = await configuration(folder.path, ...SETTINGS));
    connector = await Connector.open(config, new LinesLog());
    await connector.listen();
  });

  afterEach(() => connector.close());

  it('shows a create with its values, beside the running connector, and writes nothing at all', async () => {
    const before = state();
    const { method, path, operations, status, language } = await simulated({ body: { ...ANA, password: SECRET } });
    expect([method, path, status, language]).to.deep.equal(['POST', '/Users', 201, 'SQL']);
    expect(operations).to.match(/^INSERT INTO resource .*'ana@example.com'.*"familyName":"Silva"/);
    expect(operations).to.contain("INSERT OR REPLACE INTO password VALUES (1, '(the hash of the password)');");
    expect(state()).to.equal(before);
    expect(rehearsals()).to.deep.equal([]);
  });

  it('shows no password and no hash of one, anywhere', async () => {
    const { body: _, ...shown } = await simulated({ body: { ...ANA, password: SECRET } });
    expect(JSON.stringify(shown)).to.not.match(/argon2|my-Secret/);
  });

  it('takes who is there for a change, in the words of Okta', async () => {
    const id = await post('/Users', ANA);
    const off = await simulated({ body: { ...ANA, active: false } });
    expect([off.method, off.path]).to.deep.equal(['PUT', `/Users/${id}`]);
    expect(off.records.map(({ message }) => message)).to.deep.equal(['deactivateUser']);
    expect(changes(off)).to.deep.equal([{ path: 'active', before: true, after: false }]);
    const same = await simulated({ body: { ...ANA, id } });
    expect([same.status, same.operations]).to.deep.equal([200, '']);
  });

  it("asks exactly what a line of Okta's log asks", async () => {
    const id = await post('/Users', ANA);
    const url = `https://idm.example:8443/scim/v1/Users/${id}?attributes=userName`;
    const gone = await simulated({ method: 'DELETE', path: url });
    expect(gone.operations).to.match(/DELETE FROM resource WHERE seq = 1;$/);
    const nobody = await simulated({ body: ANA, path: '/Users/nobody' });
    expect([nobody.method, nobody.status, nobody.refusal?.code]).to.deep.equal(['PUT', 404, 'id-unknown']);
    const elsewhere = await simulated({ body: ANA, path: '/People/1' }).catch((error: Error) => error.message);
    expect(elsewhere).to.match(/^--path \/People\/1: names no resource; give \/Users/);
  });

  it('refuses as the connector would, with the code that explains it, and shows nothing that was taken back', async () => {
    const group = { displayName: 'Staff', members: [{ value: 'nobody' }] };
    const { status, refusal, operations } = await simulated({ body: group });
    expect([status, refusal?.code, operations]).to.deep.equal([400, 'member-unknown', '']);
    expect(refusal?.text).to.equal('members: no User or Group has the id "nobody"');
    expect((await simulated({ body: '{"userName": "x",}' })).refusal?.code).to.equal('body-unreadable');
  });

  it('takes a configuration that is not in use', async () => {
    const { status, refusal } = await simulated({ body: ANA }, 'read_only = true');
    expect([status, refusal?.code]).to.deep.equal([403, 'connector-read-only']);
    expect((await send(`${connector.baseUrls[0]}/Users`, 'POST', ANA)).status).to.equal(201);
  });

  it('shows each operation of a bulk request, and the first that is refused', async () => {
    const operation = (bulkId: string, data: object) => ({ method: 'POST', path: '/Users', bulkId, data });
    const Operations = [operation('a', ANA), operation('b', { userName: 7 })];
    const { path, status, refusal, operations } = await simulated({ body: { Operations } });
    expect([path, status]).to.deep.equal(['/Bulk', 200]);
    expect(refusal?.text).to.match(/^operation 2 of 2: userName must be text/);
    expect(operations.split('\n')).to.have.length(1);
  });

  it('takes requests of SCIM 2.0, and answers in its shape', async () => {
    const id = await post('/Users', { ...ANA, userName: 'second@example.com' });
    const Operations = [{ op: 'Replace', path: 'active', value: 'False' }];
    for (const path of [`/Users/${id}`, `https://scim.example.com/scim/v2/Users/${id}`]) {
      const { method, version, status, records, operations } = await simulated({ body: { Operations }, path });
      expect([method, version, status]).to.deep.equal(['PATCH', '2.0', 200]);
      expect(records[0]?.changes?.map(({ path: changed }) => changed)).to.deep.equal(['active']);
      expect(operations).to.contain('"active":false');
    }
    expect((await simulated({ body: { userName: 'y' } }, 'versions = ["2.0"]')).version).to.equal('2.0');
    const made = await simulated({ body: { ...ANA, userName: 'x', schemas: [`${URN}:core:2.0:User`] } });
    expect([made.method, made.version, made.status]).to.deep.equal(['POST', '2.0', 201]);
    expect(made.body).to.have.nested.property('meta.resourceType', 'User');
    const { status, refusal } = await simulated({ body: { Operations: [{ op: 'remove' }] }, path: `/Users/${id}` });
    expect([status, refusal?.code]).to.deep.equal([400, 'patch-invalid']);
    const bulk = { Operations: [{ method: 'PATCH', path: `/Users/${id}`, data: [{ op: 'remove' }] }] };
    expect((await simulated({ body: bulk })).refusal?.text).to.match(
      /^operation 1 of 1: Operations\[0\]: remove needs/,
    );
  });

  it('says what it cannot know of them', async () => {
    const failing = (given: Parameters<typeof simulated>[0], ...lines: string[]): Promise<string> =>
      simulated(given, ...lines).then(
        () => 'done',
        (error: Error) => error.message,
      );
    const body = { Operations: [{ op: 'remove', path: 'title' }] };
    expect(await failing({ body })).to.match(/^a PATCH does not say of whom it is: give --path \/Users\/ID/);
    expect(await failing({ body, path: '/Users/1' }, 'versions = ["1.1"]')).to.match(/^this is SCIM 2.0, and the app/);
  });
});
