import { expect } from 'chai';
import { OktaAgent } from '../../connector/simulator/agent.ts';
import type { Person } from '../../connector/simulator/payload.ts';
import { startServer, stores, type TestServer } from '../support/start-server.ts';

const person = (userName: string, rest: Partial<Person> = {}): Person => ({
  userName,
  firstName: 'First',
  lastName: 'Last',
  email: userName,
  secondEmail: `private.${userName}`,
  mobilePhone: '+46 70 000 00 00',
  custom: { emailAddress: userName },
  ...rest,
});

const many = (n: number): string[] => Array.from({ length: n }, (_, i) => `user${i}@example.com`);

for (const store of stores) {
  describe(`Okta's agent on ${store}`, () => {
    let server: TestServer;
    let agent: OktaAgent;

    beforeEach(async () => {
      server = await startServer({ store });
    });

    afterEach(async () => {
      agent.close();
      await server.close();
    });

    /** What the agent finds wrong with any reply fails the test. */
    const scenario = (title: string, run: () => Promise<void>, options: { pageSize?: number } = {}): void => {
      it(title, async () => {
        agent = new OktaAgent({ baseUrl: `${server.url}/`, app: 'idmotors_scimonprem_1', ...options });
        await run();
        expect(agent.findings).to.deep.equal([]);
      });
    };

    scenario('is answered through the traced sequence', async () => {
      const user = person('u@d.com', { password: 'V3ry-secure' });
      expect(await agent.getImplementedUserManagementCapabilities()).to.include('PUSH_NEW_USERS');
      await agent.getImplementedUserManagementCapabilities();
      expect(await agent.downloadGroups()).to.deep.equal([]);
      expect(await agent.downloadUsers()).to.deep.equal([]);
      expect(await agent.checkUserExists('userName', 'u@d.com')).to.equal(undefined);
      const { id } = await agent.createNewUser(user);
      await agent.deactivateUser(id, user);
      expect(await agent.checkUserExists('userName', 'u@d.com')).to.include({ id, active: false });
      await agent.reactivateUser(id, user);
      expect(await agent.importUserProfile(id)).to.include({ id, active: true });
      const sent = agent.trace.map(({ method, path, status }) => `${method} ${path.replace(id, 'ID')} ${status}`);
      expect(sent).to.deep.equal([
        'GET /ServiceProviderConfigs 200',
        'GET /ServiceProviderConfigs 200',
        'GET /Groups?startIndex=1&count=200 200',
        'GET /Users?startIndex=1&count=200 200',
        'GET /Users?filter=userName%20eq%20%22u%40d.com%22&startIndex=1&count=200 200',
        'POST /Users 201',
        'PUT /Users/ID 200',
        'GET /Users?filter=userName%20eq%20%22u%40d.com%22&startIndex=1&count=200 200',
        'PUT /Users/ID 200',
        'PUT /Users/ID 200',
        'GET /Users/ID 200',
      ]);
    });

    scenario('pushes a pending user, a password, a profile and a rename', async () => {
      const user = person('pending@example.com');
      const { id } = await agent.createPendingUser(user);
      expect(await agent.activateUser(id, user)).to.equal(true);
      await agent.pushPasswordUpdate(id, { ...user, password: 'n3w-Secret!' });
      const renamed = person('renamed@example.com', { lastName: 'Changed', custom: { emailAddress: 'x', level: 3 } });
      await agent.pushProfileUpdate(id, { ...renamed, groups: [{ value: '1001', display: 'firstGroup' }] });
      expect(await agent.checkUserExists('userName', 'pending@example.com')).to.equal(undefined);
      expect(await agent.checkUserExists('email', 'nobody@example.com', 'private.renamed@example.com')).to.include({
        id,
        userName: 'renamed@example.com',
      });
    });

    scenario('is told of unknown ids', async () => {
      expect(await agent.importUserProfile('u@d.com')).to.equal(undefined);
      expect(await agent.getGroupById('App.Group')).to.equal(undefined);
      expect(agent.trace.map(({ path }) => path)).to.deep.equal(['/Users/u%40d.com', '/Groups/App.Group']);
    });

    scenario('pushes a group, its members one by one, and takes the last one out', async () => {
      const [john, jane] = [await agent.createNewUser(person('john')), await agent.createNewUser(person('jane'))];
      const { id } = await agent.createGroup({ displayName: 'ogroup-1', description: 'pushed', members: null });
      const members = async (): Promise<string[]> => {
        const list = (await agent.getGroupById(id))?.['members'] as { value: string }[];
        return list.map(({ value }) => value);
      };
      await agent.pushMembership(id, (list) => [...list, { value: john.id, display: 'john' }]);
      await agent.pushMembership(id, (list) => [...list, { value: jane.id, display: 'jane' }]);
      expect(await members()).to.have.members([john.id, jane.id]);
      await agent.pushMembership(id, (list) => list.filter(({ value }) => value !== john.id));
      expect(await members()).to.deep.equal([jane.id]);
      await agent.pushMembership(id, () => []);
      expect(await members()).to.deep.equal([]);
      await agent.updateGroup(id, { displayName: 'renamed', members: [{ value: john.id, display: 'john' }] });
      await agent.updateGroup(id, { displayName: 'renamed' });
      expect(await members()).to.deep.equal([]);
      await agent.deleteGroup(id);
      expect(await agent.getGroupById(id)).to.equal(undefined);
    });

    scenario('loses no change when nine users are pushed at once, each of them twice', async () => {
      const people = many(9).map((userName) => person(userName, { password: 'V3ry-secure' }));
      const users = await Promise.all(people.map((user) => agent.createNewUser(user)));
      await Promise.all(
        users.map(async ({ id }, i) => {
          const user = { ...(people[i] as Person), lastName: `Changed ${i}` };
          await Promise.all([agent.reactivateUser(id, user), agent.pushProfileUpdate(id, user)]);
        }),
      );
      const names = (await agent.downloadUsers()).map((user) => (user['name'] as { familyName: string }).familyName);
      expect(names.sort()).to.deep.equal(people.map((_, i) => `Changed ${i}`));
    });

    scenario('imports 1,000 users in pages of 200 with a create in between, and loses nobody', async () => {
      const bulk = many(1000);
      await Promise.all(bulk.map((userName) => agent.createNewUser({ userName, firstName: 'F', lastName: 'L' })));
      let page = 0;
      const users = await agent.downloadUsers(async () => {
        page += 1;
        if (page === 2) await agent.createNewUser(person('late@example.com'));
      });
      const imported = users.map(({ userName }) => userName);
      expect(imported).to.have.members([...bulk, 'late@example.com']);
      expect(page).to.equal(6);
    });

    scenario(
      'keeps its place in an import when somebody on an earlier page is renamed and deactivated',
      async () => {
        const first = await agent.createNewUser(person('a@example.com'));
        for (const userName of ['b@example.com', 'c@example.com', 'd@example.com', 'e@example.com']) {
          await agent.createNewUser(person(userName));
        }
        let page = 0;
        const users = await agent.downloadUsers(async () => {
          page += 1;
          if (page === 1) await agent.deactivateUser(first.id, person('z@example.com'));
        });
        expect(users.map(({ userName }) => userName)).to.deep.equal(
          ['a', 'b', 'c', 'd', 'e'].map((letter) => `${letter}@example.com`),
        );
      },
      { pageSize: 2 },
    );

    scenario('imports what has changed, users and groups, membership included', async () => {
      const [john, jane] = [await agent.createNewUser(person('john')), await agent.createNewUser(person('jane'))];
      const { id } = await agent.createGroup({ displayName: 'ogroup-1' });
      const later = new Date(Date.now() + 3_600_000);
      expect(await agent.downloadChangedUsers(later)).to.deep.equal([]);
      expect(await agent.downloadChangedGroups(later)).to.deep.equal([]);
      const earlier = new Date(Date.now() - 3_600_000);
      await agent.pushMembership(id, () => [{ value: john.id, display: 'john' }]);
      expect((await agent.downloadChangedUsers(earlier)).map((user) => user.id)).to.have.members([john.id, jane.id]);
      expect((await agent.downloadChangedGroups(earlier)).map((group) => group.id)).to.deep.equal([id]);
    });

    scenario("finds its own words in the connector's log", async () => {
      const user = person('john', { password: 'V3ry-secure' });
      await agent.getImplementedUserManagementCapabilities();
      await agent.checkUserExists('userName', 'john');
      const { id } = await agent.createNewUser(user);
      await agent.createPendingUser(person('jane'));
      await agent.downloadUsers();
      await agent.downloadChangedUsers(new Date());
      await agent.importUserProfile(id);
      await agent.pushProfileUpdate(id, { ...user, lastName: 'Changed' });
      await agent.pushPasswordUpdate(id, { ...user, lastName: 'Changed', password: 'n3w-Secret!' });
      await agent.deactivateUser(id, user);
      const group = await agent.createGroup({ displayName: 'ogroup-1' });
      await agent.downloadGroups();
      await agent.getGroupById(group.id);
      await agent.updateGroup(group.id, { displayName: 'renamed' });
      await agent.deleteGroup(group.id);
      const lines = await server.lines();
      expect(lines.map(({ message }) => message)).to.deep.equal(agent.trace.map(({ message }) => message));
      expect(JSON.stringify(lines)).not.to.match(/V3ry-secure|n3w-Secret|john|ogroup/);
    });

    scenario('reads the refusal of a duplicate as Okta would print it', async () => {
      await agent.createNewUser(person('john'));
      await agent.createGroup({ displayName: 'ogroup-1', members: [] });
      const failure = await agent.createNewUser(person('john', { lastName: 'Other' })).catch((error) => error);
      expect(failure).to.include({ status: 409 });
      expect(failure.message).to.match(/^The Provisioning Agent call to createNewUser failed\. Error code: 409/);
      const group = await agent.createGroup({ displayName: 'ogroup-1', description: 'other' }).catch((error) => error);
      expect(group).to.include({ status: 409 });
    });
  });
}
