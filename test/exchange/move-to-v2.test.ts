import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { noCustomization } from '../../connector/scim/schema/resource-type.ts';
import { OktaAgent } from '../../connector/simulator/agent.ts';
import { agent20 } from '../../connector/simulator/manner/agent.ts';
import type { Known, Person } from '../../connector/simulator/payload.ts';
import { directoryLab } from '../support/directories/directory-lab.ts';
import { directories, type StartOptions, startServer, stores, type TestServer } from '../support/start-server.ts';
import { allowSimplePasswords, MAP } from './directory-map.ts';

const APP = noCustomization.app;
const V1 = 'urn:scim:schemas:extension:enterprise:1.0';
const V2 = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

const person = (name: string): Person => ({
  userName: `${name}@example.com`,
  firstName: name,
  lastName: 'Moving',
  email: `${name}@example.com`,
  mobilePhone: '+46 70 000 00 00',
});

type Shown = Record<string, readonly [version: string, name: unknown, active: unknown]>;

/** Everybody and every group, by id. */
async function shown(server: TestServer, version: '1.1' | '2.0'): Promise<Shown> {
  const all: Record<string, readonly [string, unknown, unknown]> = {};
  for (const endpoint of ['/Users', '/Groups']) {
    const { body } = await server.speaking(version).request('GET', endpoint);
    for (const { id, meta, userName, displayName, active } of body.Resources as readonly (Known & {
      readonly meta: { readonly version: string };
    })[])
      all[id] = [meta.version, userName ?? displayName, active];
  }
  return all;
}

/** An app that has been imported and pushed with SCIM 1.1 goes on with `/v2/` in its base URL. */
async function moves(server: TestServer): Promise<void> {
  const before = new OktaAgent({ baseUrl: server.url, app: APP });
  const after = new OktaAgent({ baseUrl: server.speaking('2.0').url, app: APP, manner: agent20 });
  const people = ['ann', 'bob', 'cid', 'dan'].map(person);
  const made: Known[] = [];
  for (const one of people) made.push(await before.createNewUser(one));
  const [ann = { id: '' }, bob = { id: '' }, cid = { id: '' }] = made;
  await before.deactivateUser(cid.id, person('cid'));
  await before.createGroup({ displayName: 'movers', members: [{ value: ann.id, display: 'ann' }] });
  // No agent maps it by itself, and a mapping of somebody's may.
  const managed = { [V1]: { manager: { managerId: ann.id } } };
  await server.request('PATCH', `/Users/${bob.id}`, managed);
  await before.downloadUsers();
  // What is asked of the next import is what has changed since.
  await pause(1100);
  const since = new Date();
  const then = await shown(server, '1.1');

  expect(await after.getImplementedUserManagementCapabilities()).to.include('IMPORT_NEW_USERS');
  const [users, groups] = [await after.downloadUsers(), await after.downloadGroups()];
  expect([...users, ...groups].map(({ id }) => id)).to.have.members(Object.keys(then));
  for (const [i, one] of people.entries()) {
    const found = await after.checkUserExists('userName', one.userName);
    expect(found?.id).to.equal(made[i]?.id);
    if (one.firstName !== 'cid') await after.pushProfileUpdate(found?.id ?? '', one);
  }
  expect(await after.downloadChangedUsers(since)).to.deep.equal([]);
  expect(await after.downloadChangedGroups(since)).to.deep.equal([]);
  const sent = after.trace.filter(({ method }) => method !== 'GET').map(({ method }) => method);
  expect(sent).to.deep.equal(['PUT', 'PUT', 'PUT']);
  expect(await shown(server, '2.0')).to.deep.equal(then);
  expect(await shown(server, '1.1')).to.deep.equal(then);
  const kept = await after.importUserProfile(bob.id);
  expect(kept?.[V2]).to.have.nested.property('manager.value', ann.id);

  await after.pushProfileUpdate(bob.id, { ...person('bob'), lastName: 'Moved' });
  expect((await after.downloadChangedUsers(since)).map(({ id }) => id)).to.deep.equal([bob.id]);
  expect((await before.importUserProfile(bob.id))?.[V1]).to.have.nested.property('manager.managerId', ann.id);
  expect([...before.findings, ...after.findings]).to.deep.equal([]);
  before.close();
  after.close();
}

const title = 'finds everybody, makes and renames nobody, and changes no version';

for (const store of stores)
  describe(`an app that moves from /v1/ to /v2/ on ${store}`, () => {
    it(title, async () => {
      const server = await startServer({ store });
      await moves(server);
      await server.close();
    });
  });

for (const name of directories)
  describe(`an app that moves from /v1/ to /v2/ on ${name}`, () => {
    const suite = directoryLab(name);
    it(title, async () => {
      const { lab } = suite;
      if (name === 'samba') await allowSimplePasswords(lab);
      await lab.clear();
      const options: StartOptions = { store: { lab, map: MAP } };
      const server = await startServer(options);
      await moves(server);
      await server.close();
    });
  });
