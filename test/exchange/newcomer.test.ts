import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { expect } from 'chai';
import { verifyPassword } from '../../connector/secrets/password-hash.ts';
import { OktaAgent } from '../../connector/simulator/agent.ts';
import type { Person } from '../../connector/simulator/payload.ts';
import { CliServer } from '../support/cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const john: Person = {
  userName: 'john@example.com',
  firstName: 'John',
  lastName: 'Smith',
  email: 'john@example.com',
  secondEmail: 'private@example.org',
  password: 'V3ry-secure',
};

/** The values that the first start prints to be pasted in Okta. */
interface Sheet {
  readonly baseUrl: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly caFile: string;
}

const field = (text: string, label: string): string => new RegExp(`${label} +(.+?)( {2}|$)`, 'm').exec(text)?.[1] ?? '';

async function printed(server: CliServer): Promise<Sheet> {
  while (!server.stdout.includes('trust this connector')) await sleep(20);
  while (!/Copy \S+ there/.test(server.stdout)) await sleep(20);
  const text = server.stdout;
  return {
    baseUrl: field(text, 'SCIM connector base URL'),
    headers: { [field(text, 'HTTP header name')]: field(text, 'HTTP header value') },
    caFile: /Copy (\S+) there/.exec(text)?.[1] ?? '',
  };
}

describe("a newcomer's first hour, over HTTPS with the certificate and the token it made", () => {
  const folder = temporaryFolder();
  let server: CliServer;
  const agents: OktaAgent[] = [];

  const start = (...more: string[]): Promise<CliServer> =>
    CliServer.start(['--backend', 'sqlite', '--db', 'people.db', '--port', '0', ...more], { cwd: folder.path });

  const agentFor = (sheet: Sheet): OktaAgent => {
    const { baseUrl, headers, caFile } = sheet;
    const agent = new OktaAgent({ baseUrl, headers, ca: readFileSync(caFile, 'utf8') });
    agents.push(agent);
    return agent;
  };

  afterEach(async () => {
    for (const agent of agents.splice(0)) agent.close();
    await server.stop();
  });

  it('serves everything Okta does, and an application reads the result from the file', async () => {
    server = await start('--quickstart');
    const agent = agentFor(await printed(server));

    const capabilities = await agent.getImplementedUserManagementCapabilities();
    expect(capabilities).to.include.members(['PUSH_NEW_USERS', 'GROUP_PUSH', 'OPP_SCIM_INCREMENTAL_IMPORTS']);
    expect(await agent.checkUserExists('userName', john.userName)).to.equal(undefined);
    const { id } = await agent.createNewUser(john);
    expect(await agent.checkUserExists('userName', 'JOHN@example.com')).to.include({ id });
    const users = await agent.downloadUsers();
    expect(users.map((user) => user.id)).to.deep.equal([id]);
    await agent.pushProfileUpdate(id, { ...john, lastName: 'Changed' });
    await agent.deactivateUser(id, { ...john, password: 'not-this-one' });
    expect(await agent.importUserProfile(id)).to.deep.include({ active: false, userName: john.userName });
    await agent.reactivateUser(id, john);
    const group = await agent.createGroup({ displayName: 'Staff', description: 'pushed from Okta' });
    await agent.pushMembership(group.id, () => [{ value: id, display: john.userName }]);
    await agent.pushPasswordUpdate(id, { ...john, lastName: 'Changed', password: 'n3w-Secret!' });
    expect((await agent.downloadChangedUsers(new Date(0))).map((user) => user.id)).to.deep.equal([id]);
    expect(await agent.downloadChangedGroups(new Date('2999-01-01'))).to.deep.equal([]);
    expect(agent.findings).to.deep.equal([]);

    const { code, stderr } = await server.stop();
    expect(code).to.equal(0);
    expect(stderr).not.to.match(/V3ry-secure|n3w-Secret|not-this-one/);
    const file = new Database(join(folder.path, 'people.db'), { readonly: true });
    const row = file.prepare('SELECT family_name, active, password_hash FROM users').get() as Record<string, string>;
    const members = file.prepare('SELECT group_id, member_id FROM memberships').all();
    file.close();
    expect(row).to.include({ family_name: 'Changed', active: 1 });
    expect(await verifyPassword(row['password_hash'] ?? '', 'n3w-Secret!')).to.equal(true);
    expect(members).to.deep.equal([{ group_id: group.id, member_id: id }]);
  });

  it('keeps users, token and certificate over a restart', async () => {
    server = await start('--quickstart');
    const sheet = await printed(server);
    const { id } = await agentFor(sheet).createNewUser(john);
    await server.stop();
    server = await start();
    const agent = agentFor({ ...sheet, baseUrl: server.url });
    expect(await agent.importUserProfile(id)).to.include({ id, userName: john.userName });
    expect(agent.findings).to.deep.equal([]);
  });

  it('turns away a mistyped or missing token, and is turned away by who does not trust its certificate', async () => {
    server = await start('--quickstart');
    const sheet = await printed(server);
    const mistaken = agentFor({ ...sheet, headers: { Authorization: 'Bearer mistyped' } });
    const test = await mistaken.getImplementedUserManagementCapabilities().catch((error) => error);
    expect(test).to.include({ status: 401 });
    const nobody = agentFor({ ...sheet, headers: {} });
    const refused = await nobody.downloadUsers().catch((error) => error);
    expect(refused).to.include({ status: 401 });
    expect([...mistaken.findings, ...nobody.findings]).to.deep.equal([]);
    const distrustful = new OktaAgent({ baseUrl: sheet.baseUrl, headers: sheet.headers });
    agents.push(distrustful);
    const failure = await distrustful.downloadUsers().catch((error) => error);
    expect(failure.code).to.equal('UNABLE_TO_GET_ISSUER_CERT_LOCALLY');
  });
});
