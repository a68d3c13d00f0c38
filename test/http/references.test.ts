import { expect } from 'chai';
import { expectRefusal, forEachBackend } from '../support/for-each-backend.ts';

const ENTERPRISE = 'urn:scim:schemas:extension:enterprise:1.0';
const managed = (userName: string, managerId: string) => ({ userName, [ENTERPRISE]: { manager: { managerId } } });

/** docs/okta-agent.md, Groups: the agent sends a group as a whole and does not repeat what was refused. */
forEachBackend('a member that does not exist', {}, (subject) => {
  const members = (...ids: readonly string[]) => ids.map((value) => ({ value }));
  const idsOf = ({ body }: { body: { members: { value: string }[] } }) => body.members.map(({ value }) => value);
  const leftOut = async (): Promise<unknown> => (await subject.server.lines()).at(-1)?.fields['left_out'];
  let ann: string;
  beforeEach(async () => {
    ann = (await subject.user({ userName: 'ann' })).id;
  });

  it('is left out of a new group, and named in the log', async () => {
    const reply = await subject.post('/Groups', { displayName: 'G', members: members('x', ann, 'y') });
    expect([reply.status, idsOf(reply)]).to.deep.equal([201, [ann]]);
    expect(await leftOut()).to.deep.equal(['x', 'y']);
    expect((await subject.server.lines()).at(-1)?.level).to.equal('warn');
  });

  it('is left out of a PUT and of a PATCH', async () => {
    const { id } = await subject.group({ displayName: 'G' });
    expect(idsOf(await subject.put(`/Groups/${id}`, { displayName: 'G', members: members(ann, 'x') }))).to.deep.equal([
      ann,
    ]);
    const bob = (await subject.user({ userName: 'bob' })).id;
    const patched = await subject.patch(`/Groups/${id}`, { members: members('x', bob) });
    expect(idsOf(patched)).to.have.members([ann, bob]);
    expect(await leftOut()).to.deep.equal(['x']);
  });

  it('is refused where nobody is known, and nothing is made or changed', async () => {
    expectRefusal(await subject.post('/Groups', { displayName: 'G', members: members('x', 'y') }), 400, /"x", "y"/);
    expect(await subject.names('/Groups')).to.deep.equal([]);
    const { id } = await subject.group({ displayName: 'H', members: members(ann) });
    expectRefusal(
      await subject.patch(`/Groups/${id}`, { members: members('x') }),
      400,
      /no User or Group has the id "x"/,
    );
    expect(idsOf(await subject.get(`/Groups/${id}`))).to.deep.equal([ann]);
  });
});

forEachBackend(
  'a member that does not exist, where that is refused',
  { policy: { unknownMembers: 'refuse' } },
  (subject) => {
    it('costs all the others, and the text names it', async () => {
      const { id } = await subject.user({ userName: 'ann' });
      const body = { displayName: 'G', members: [{ value: id }, { value: 'x' }] };
      expectRefusal(await subject.post('/Groups', body), 400, /^members: no User or Group has the id "x"/);
    });
  },
);

forEachBackend('a manager who does not exist', {}, (subject) => {
  it('is refused unless that is allowed', async () => {
    expectRefusal(
      await subject.post('/Users', managed('ann', 'x')),
      400,
      /no User has the id "x"; create that user first/,
    );
  });
});

forEachBackend('a manager who may be left out', { policy: { unknownManager: 'leave_out' } }, (subject) => {
  it('does not keep anybody out', async () => {
    const { status, body } = await subject.post('/Users', managed('ann', 'x'));
    expect([status, body[ENTERPRISE]]).to.deep.equal([201, undefined]);
    expect((await subject.server.lines()).at(-1)?.fields['left_out']).to.deep.equal(['x']);
    const changed = await subject.put(`/Users/${body.id}`, { ...managed('ann', 'y'), title: 'Dr' });
    expect([changed.status, changed.body.title]).to.deep.equal([200, 'Dr']);
  });
});

for (const managerId of ['userName', 'employeeNumber'] as const) {
  forEachBackend(`a manager named by ${managerId}`, { policy: { managerId } }, (subject) => {
    const key = { userName: 'boss', employeeNumber: '4711' }[managerId];
    it('is found, whoever comes first of several is not guessed', async () => {
      expectRefusal(
        await subject.post('/Users', managed('ann', key)),
        400,
        new RegExp(`no User has the ${managerId} "${key}"`),
      );
      const boss = await subject.user({ userName: 'boss', [ENTERPRISE]: { employeeNumber: '4711' } });
      const { body } = await subject.post('/Users', managed('ann', key));
      expect(body[ENTERPRISE].manager.managerId).to.equal(boss.id);
      const again = await subject.put(`/Users/${body.id}`, managed('ann', key));
      expect(again.body.meta.version).to.equal(body.meta.version);
      if (managerId === 'userName') return;
      await subject.user({ userName: 'other', [ENTERPRISE]: { employeeNumber: '4711' } });
      expectRefusal(await subject.put(`/Users/${body.id}`, managed('ann', key)), 400, /more than one User has the/);
    });
  });
}

const customization = {
  app: 'acme',
  users: [
    { name: 'costCode', type: 'string', required: true },
    { name: 'badge', type: 'string' },
  ],
  groups: [],
} as const;
const CUSTOM = 'urn:okta:acme:1.0:user:custom';

forEachBackend('a custom attribute that is required', { customization }, (subject) => {
  it('is asked for when somebody is made, with its block or without', async () => {
    for (const block of [undefined, {}, { badge: '7' }])
      expectRefusal(await subject.post('/Users', { userName: 'ann', [CUSTOM]: block }), 400, /:costCode is required/);
    expect((await subject.post('/Users', { userName: 'ann', [CUSTOM]: { costCode: '1' } })).status).to.equal(201);
  });

  it('cannot be taken away, and need not be repeated', async () => {
    const { body } = await subject.post('/Users', { userName: 'ann', [CUSTOM]: { costCode: '1' } });
    expect((await subject.put(`/Users/${body.id}`, { userName: 'ann', active: false })).status).to.equal(200);
    const without = { userName: 'ann', [CUSTOM]: { costCode: null } };
    expectRefusal(await subject.put(`/Users/${body.id}`, without), 400, /:costCode is required/);
  });
});
