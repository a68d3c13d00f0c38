import { expect } from 'chai';
import { expectRefusal, forEachBackend, type Subject } from '../support/for-each-backend.ts';
import { CUSTOM, ENTERPRISE, full } from './patch-person.ts';

/** Sends one PATCH to a new `full` user; answers with the attributes that differ from what was there. */
async function change(subject: Subject, patch: object): Promise<Record<string, unknown>> {
  const { id, meta, ...before } = await subject.user(full);
  const reply = await subject.patch(`/Users/${id}`, patch);
  expect(reply.status, reply.text).to.equal(200);
  expect((await subject.get(`/Users/${id}`)).body).to.deep.equal(reply.body);
  expect(reply.headers.get('etag')).to.equal(reply.body.meta.version);
  expect(reply.headers.get('location')).to.equal(meta.location);
  const { id: _, meta: after, ...now } = reply.body;
  const names = new Set([...Object.keys(before), ...Object.keys(now)]);
  const changed = [...names].filter((name) => JSON.stringify(before[name]) !== JSON.stringify(now[name]));
  // What changes nothing leaves the version as it was, and what changes something does not.
  expect(after.version === meta.version).to.equal(changed.length === 0);
  return Object.fromEntries(changed.map((name) => [name, now[name]]));
}

/** SCIM 1.1 API §3.3.2; Core §3.2, §6.1, §7. */
forEachBackend('PATCH', {}, (subject) => {
  const cases: readonly (readonly [string, object, object])[] = [
    ['changes nothing for {}', {}, {}],
    ['changes nothing for schemas and meta alone', { schemas: ['urn:scim:schemas:core:1.0'], meta: {} }, {}],
    ['replaces a simple attribute', { nickName: 'Bee' }, { nickName: 'Bee' }],
    ['deactivates', { id: 'x', active: false }, { active: false }],
    ['removes by meta.attributes', { meta: { attributes: ['NICKNAME'] } }, { nickName: undefined }],
    ['removes by { value } too', { meta: { attributes: [{ value: 'nickName' }] } }, { nickName: undefined }],
    ['does not mind what is not there, or not known', { meta: { attributes: ['title', 'email', ''] } }, {}],
    ['replaces what is in both', { meta: { attributes: ['nickName'] }, nickName: 'Z' }, { nickName: 'Z' }],
    ['merges a complex attribute', { name: { familyName: 'Costa' } }, { name: { ...full.name, familyName: 'Costa' } }],
    [
      'removes a part and keeps the rest',
      { meta: { attributes: ['name.formatted', 'name.givenName'] } },
      { name: { familyName: 'Silva' } },
    ],
    ['removes a whole complex attribute', { meta: { attributes: ['name'] } }, { name: undefined }],
    [
      'removes the attribute with its last part',
      { meta: { attributes: ['name.formatted', 'name.givenName', 'name.familyName'] } },
      { name: undefined },
    ],
    [
      'merges an extension',
      { [ENTERPRISE]: { department: 'Sales' } },
      { [ENTERPRISE]: { department: 'Sales', costCenter: '7' } },
    ],
    [
      'removes from an extension by its full name',
      { meta: { attributes: [`${ENTERPRISE}:department`, `${CUSTOM}:home.door`] } },
      { [ENTERPRISE]: { costCenter: '7' }, [CUSTOM]: { ...full[CUSTOM], home: { floor: 2 } } },
    ],
    ['does not take a part from what has none', { meta: { attributes: [`${CUSTOM}:shoe.size`] } }, {}],
    [
      'adds to a custom list and merges a custom object',
      { [CUSTOM]: { tags: ['b', 'c'], home: { door: 'B' } } },
      { [CUSTOM]: { shoe: 41, tags: ['a', 'b', 'c'], home: { floor: 2, door: 'B' } } },
    ],
    ['adds a value', { emails: [{ value: 'n@x.org' }] }, { emails: [...full.emails, { value: 'n@x.org' }] }],
    ['adds none that is there, in any case', { roles: ['a', { value: 'b' }] }, {}],
    [
      'merges a value',
      { emails: [{ value: 'home@x.org', type: 'other' }] },
      { emails: [full.emails[0], { value: 'home@x.org', type: 'other' }] },
    ],
    [
      'moves the primary to a new value',
      { emails: [{ value: 'n@x.org', primary: true }] },
      { emails: [{ ...full.emails[0], primary: false }, full.emails[1], { value: 'n@x.org', primary: true }] },
    ],
    [
      'moves the primary to a known value',
      { emails: [{ value: 'HOME@x.org', primary: true }] },
      {
        emails: [
          { ...full.emails[0], primary: false },
          { value: 'HOME@x.org', type: 'home', primary: true },
        ],
      },
    ],
    [
      'leaves no primary when the only one is unset',
      { emails: [{ value: 'work@x.org', primary: false }] },
      { emails: [{ ...full.emails[0], primary: false }, full.emails[1]] },
    ],
    [
      'deletes a value, by the value alone',
      { emails: [{ value: 'home@x.org', type: 'nonsense', operation: 'delete' }] },
      { emails: [full.emails[0]] },
    ],
    ['deletes none that is not there', { emails: [{ value: 'x@x.org', operation: 'Delete' }] }, {}],
    [
      'deletes the last value and the attribute with it',
      {
        roles: [
          { value: 'a', operation: 'delete' },
          { value: 'b', operation: 'delete' },
        ],
      },
      { roles: undefined },
    ],
    [
      'removes first, then adds what is in the same list',
      { roles: ['c', { value: 'a', operation: 'delete' }, 'b', { value: 'b', operation: 'delete' }] },
      { roles: [{ value: 'c' }, { value: 'b' }] },
    ],
    [
      'ignores a deletion from what is removed as a whole',
      { meta: { attributes: ['roles'] }, roles: [{ value: 'a', operation: 'delete' }] },
      { roles: undefined },
    ],
    ['replaces all values', { meta: { attributes: ['roles.value'] }, roles: ['z'] }, { roles: [{ value: 'z' }] }],
    [
      'removes a part from every value',
      { meta: { attributes: ['emails.type', 'emails.primary'] } },
      { emails: [{ value: 'work@x.org' }, { value: 'home@x.org' }] },
    ],
    [
      'puts an address beside the old one',
      { addresses: [{ type: 'work', locality: 'Lisboa' }] },
      { addresses: [...full.addresses, { type: 'work', locality: 'Lisboa' }] },
    ],
    [
      'takes an address that says less for another one',
      { addresses: [{ type: 'work' }] },
      { addresses: [...full.addresses, { type: 'work' }] },
    ],
    ['adds no identical address', { addresses: full.addresses }, {}],
    [
      'replaces an address by deleting it whole',
      {
        addresses: [
          { ...full.addresses[0], operation: 'delete' },
          { type: 'work', locality: 'Faro' },
        ],
      },
      { addresses: [{ type: 'work', locality: 'Faro' }] },
    ],
    ['ignores null, "" and []', { nickName: null, name: { givenName: '' }, emails: [], [ENTERPRISE]: null }, {}],
    [
      'ignores what is read-only',
      {
        id: 'x',
        groups: [{ value: 'x' }],
        meta: { created: '1999-01-01T00:00:00Z' },
        emails: [{ value: 'home@x.org', display: 'x' }],
      },
      {},
    ],
    ['sets a password and shows nothing of it', { nickName: 'x', password: 'secret-1' }, { nickName: 'x' }],
  ];
  for (const [what, patch, expected] of cases) {
    it(what, async () => {
      expect(await change(subject, patch)).to.deep.equal(expected);
    });
  }

  it('replaces the password when it is in both', async () => {
    expect(
      await change(subject, { meta: { attributes: ['password'] }, password: 'new-1', nickName: 'x' }),
    ).to.deep.equal({
      nickName: 'x',
    });
  });

  it('asks which is meant when a value is there twice', async () => {
    const emails = [
      { value: 'a@x.org', type: 'work' },
      { value: 'a@x.org', type: 'home' },
    ];
    const { id } = await subject.user({ userName: 'a', emails });
    const path = `/Users/${id}`;
    expectRefusal(
      await subject.patch(path, { emails: [{ value: 'a@x.org', operation: 'delete' }] }),
      400,
      /not unique/,
    );
    const merged = await subject.patch(path, { emails: [{ value: 'a@x.org', type: 'home', primary: true }] });
    expect(merged.body.emails).to.deep.equal([emails[0], { ...emails[1], primary: true }]);
    const added = await subject.patch(path, { emails: [{ value: 'a@x.org', type: 'other' }] });
    expect(added.body.emails).to.have.length(3);
    const deleted = await subject.patch(path, { emails: [{ value: 'a@x.org', type: 'work', operation: 'delete' }] });
    expect(deleted.body.emails.map((e: { type: string }) => e.type)).to.deep.equal(['home', 'other']);
  });

  it('keeps a manager whose name alone is sent', async () => {
    const boss = await subject.user({ userName: 'boss', displayName: 'Boss' });
    const { id } = await subject.user({ userName: 'a', [ENTERPRISE]: { manager: { managerId: boss.id } } });
    const { body } = await subject.patch(`/Users/${id}`, { [ENTERPRISE]: { manager: { displayName: 'x' } } });
    expect(body[ENTERPRISE].manager).to.deep.equal({ managerId: boss.id, displayName: 'Boss' });
  });
});
