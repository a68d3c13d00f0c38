import { expect } from 'chai';
import type { SqliteBackend } from '../../connector/backend/sqlite/sqlite-backend.ts';
import type { Dialect, PatchOperation } from '../../connector/scim/patch-operation.ts';
import type { Attributes, Resource } from '../../connector/scim/resource.ts';
import { ENTERPRISE_SCHEMA } from '../../connector/scim/schema/names.ts';
import { resourceTypes } from '../../connector/scim/schema/resource-type.ts';
import { guardedService } from '../../connector/service/assemble-service.ts';
import { defaultPolicy } from '../../connector/service/policy.ts';
import type { Modified, Service } from '../../connector/service/service.ts';
import { opened } from '../backend/sqlite/opened.ts';
import { temporaryFile } from '../backend/sqlite/temporary-file.ts';
import { call } from '../conformance/company.ts';
import { refusal } from '../conformance/refusal.ts';
import { list, Operations } from './operations.ts';

const { User } = resourceTypes({
  app: 'app',
  users: [
    { name: 'tags', type: 'list' },
    { name: 'badge', type: 'string', required: true },
  ],
  groups: [],
});
const CUSTOM = 'urn:okta:app:1.0:user:custom';
const ANA: Attributes = {
  userName: 'ana',
  nickName: 'An',
  name: { givenName: 'Ana', familyName: 'Silva' },
  emails: [
    { value: 'ana@a.org', type: 'work', primary: true },
    { value: 'ana@home.org', type: 'home' },
  ],
  [ENTERPRISE_SCHEMA]: { department: 'Sales', costCenter: '7' },
  [CUSTOM]: { tags: ['a', 'b'], badge: 'B1', Undeclared: 1 },
};
const { add, replace, remove, removeValues } = new Proxy(new Operations(User), {
  get: (target, name) => (Reflect.get(target, name) as (...words: unknown[]) => PatchOperation).bind(target),
});

const extension = (urn: string): PatchOperation => ({
  op: 'remove',
  at: { attribute: { ...remove('title').at.attribute, name: urn } },
});

describe('operations of a PATCH', () => {
  let backend: SqliteBackend;
  let service: Service;
  let ana: Resource;
  before(async () => {
    backend = await opened(temporaryFile());
    service = guardedService(backend, defaultPolicy);
  });
  beforeEach(async () => {
    ana = await backend.create(call, User, { active: true, ...ANA });
  });
  afterEach(() => backend.delete(call, User, ana.id));
  after(() => backend.close());

  const patch = (operations: readonly PatchOperation[], dialect?: Dialect): Promise<Modified> =>
    service.patch(call, User, ana.id, list(operations, dialect));
  const after_ = async (operations: readonly PatchOperation[], dialect?: Dialect): Promise<Attributes> =>
    (await patch(operations, dialect)).resource.attributes;
  const emails = async (operations: readonly PatchOperation[], dialect?: Dialect): Promise<unknown> =>
    (await after_(operations, dialect))['emails'];
  const [WORK, HOME] = ANA['emails'] as Attributes[];

  it('are done in order, each on what the one before has left [R-3.5.2-06]', async () => {
    const result = await after_([
      add('nickName', 'x'),
      replace('name.givenName', 'Anna'),
      remove('nickName'),
      replace('name', { middleName: 'M' }),
      remove('name.familyName'),
    ]);
    expect(result).to.not.have.property('nickName');
    expect(result['name']).to.deep.equal({ givenName: 'Anna', middleName: 'M' });
  });

  it('are done all, or none of them [R-3.5.2-06]', async () => {
    const failing = patch([
      replace('title', 'x'),
      replace('emails.value', 'y', 'emails.primary eq false or title pr'),
      add('userType', 'z'),
    ]);
    await refusal(failing, 'noTarget');
    expect(await backend.get(call, User, ana.id)).to.deep.equal(ana);
  });

  it('keep the version when nothing changes [R-3.5.2-09 R-3.5.2.1-03 R-3.5.2.2-02]', async () => {
    const { resource, changes } = await patch([
      add(
        'emails',
        [{ value: 'ANA@a.org', type: 'Work' }].map((email) => ({ ...email, value: 'ana@a.org', type: 'work' })),
      ),
      add('emails', [{ value: 'ana@home.org' }]),
      replace('userName', 'ana'),
      remove('title'),
      remove('emails', 'emails.type eq "other"'),
      removeValues('emails', [{ value: 'nobody' }]),
      add(`${CUSTOM}:tags`, ['a']),
      replace('emails.value', 'x', 'emails.type eq "work"'),
      replace('emails.value', 'ana@a.org', 'emails.type eq "work"'),
    ]);
    expect(changes).to.deep.equal([]);
    expect(resource.meta).to.deep.equal(ana.meta);
  });

  it('refuse to take away what must be there [R-3.5.2-14 K-4.1-20]', async () => {
    for (const operation of [
      remove('userName'),
      remove('active'),
      remove('password'),
      remove(`${CUSTOM}:badge`),
      extension(CUSTOM),
    ]) {
      const { message } = await refusal(patch([operation]), 'mutability');
      expect(message).to.match(/(is required|is true or false|can be replaced) and cannot be removed$/);
    }
    expect((await after_([remove('userName'), add('userName', 'anna')]))['userName']).to.equal('anna');
  });

  describe('on values of an attribute', () => {
    it('add, and end the primary one that was [R-3.5.2-12 R-3.5.2.1-02]', async () => {
      const other = { value: 'x@x.org', type: 'other', primary: true };
      expect(await emails([add('emails', [other])])).to.deep.equal([{ ...WORK, primary: false }, HOME, other]);
      const both = await emails([replace('emails.primary', true, 'emails.type eq "home"')]);
      expect(both).to.deep.equal(
        [WORK, { ...HOME, primary: true }]
          .map((one, i) => (i === 0 ? { ...one, primary: false } : { ...one }))
          .concat({ ...other, primary: false }),
      );
    });

    it('refuse two primary ones', async () => {
      await refusal(patch([replace('emails.primary', true, 'emails.value pr')]), 'invalidValue');
    });

    it('change a part of those that match, or all of it [R-3.5.2.3-04 R-3.5.2.3-10]', async () => {
      expect(await emails([replace('emails.value', 'w@a.org', 'emails.type eq "work"')])).to.deep.equal([
        { ...WORK, value: 'w@a.org' },
        HOME,
      ]);
      expect(await emails([replace('emails', { value: 'v@a.org' }, 'emails.type eq "home"')])).to.deep.equal([
        { ...WORK, value: 'w@a.org' },
        { value: 'v@a.org', type: 'home' },
      ]);
      expect(
        await emails([replace('emails', { value: 'u@a.org', type: 'other' }, 'emails.type eq "home"')]),
      ).to.deep.include({ value: 'u@a.org', type: 'other' });
    });

    it('take the whole value by the letter of the standard', async () => {
      const work = await emails([replace('emails', { value: 'v@a.org' }, 'emails.type eq "work"')], 'strict');
      expect(work).to.deep.equal([{ value: 'v@a.org' }, HOME]);
    });

    it('make the value that a filter of equalities describes [R-3.5.2.1-04 N-32]', async () => {
      const made = { value: 'o@a.org', type: 'other' };
      for (const operation of [add, replace])
        expect(await emails([operation('emails.value', 'o@a.org', 'emails.type eq "other"')])).to.deep.include(made);
      const address = await after_([
        add('addresses.country', 'DE', 'addresses.type eq "work"'),
        add('addresses.locality', 'Ulm', 'addresses.type eq "work"'),
      ]);
      expect(address['addresses']).to.deep.equal([{ type: 'work', country: 'DE', locality: 'Ulm' }]);
      const role = await after_([
        add('roles.type', 'x', 'roles.primary eq true'),
        add('roles.value', 'admin', 'roles.primary eq true'),
      ]);
      expect(role['roles']).to.deep.equal([{ primary: true, type: 'x', value: 'admin' }]);
    });

    it('make nothing of a value without value', async () => {
      expect(await emails([replace('emails.primary', true, 'emails.type eq "other"')])).to.deep.equal([
        { ...WORK, primary: false },
        HOME,
      ]);
    });

    it('name no target that is not there, unless they may make it [R-3.5.2.3-05]', async () => {
      for (const dialect of ['strict', 'profile'] as const)
        await refusal(patch([replace('emails.value', 'o', 'emails.type eq "other"')], dialect), 'noTarget');
      await refusal(patch([replace('emails.value', 'o', 'emails.type co "other"')]), 'noTarget');
      await refusal(patch([remove('emails', 'emails.type eq "other"')], 'strict'), 'noTarget');
      await refusal(patch([replace('emails.type', 'x', 'emails.value pr')], 'profile'), 'invalidFilter');
    });

    it('remove all, those that match, those that are named, or a part of them [R-3.5.2.2-01 R-3.5.2.2-04 R-3.5.2.2-06]', async () => {
      expect(await emails([removeValues('emails', [{ value: 'ANA@HOME.org' }])])).to.deep.equal([WORK]);
      expect(await emails([remove('emails.primary', 'emails.type eq "work"')])).to.deep.equal([
        { value: 'ana@a.org', type: 'work' },
      ]);
      expect(await emails([removeValues('emails', [{ value: 'ana@a.org', type: 'home' }, {}])])).to.have.length(1);
      expect(await emails([removeValues('emails', [])])).to.have.length(1);
      expect(await emails([remove('emails.value', 'emails.type eq "work"')])).to.equal(undefined);
      expect(await emails([replace('emails', [{ value: 'a' }, { value: 'b' }])])).to.have.length(2);
      expect(await emails([remove('emails')])).to.equal(undefined);
    });

    it('keep the same value of the same type once', async () => {
      expect(await emails([replace('emails.type', 'work'), replace('emails.value', 'ana@a.org')])).to.deep.equal([
        WORK,
      ]);
    });

    it('have a limit', async () => {
      const many = Array.from({ length: 999 }, (_, i) => ({ value: `${i}@a.org` }));
      await refusal(patch([add('emails', many)]), 'invalidValue');
    });
  });

  describe('on extensions', () => {
    it('change a part, whatever the case of names that nobody declared', async () => {
      const result = await after_([
        replace(`${ENTERPRISE_SCHEMA}:department`, 'IT'),
        add(`${CUSTOM}:tags`, ['b', 'c']),
        removeValues(`${CUSTOM}:tags`, ['a']),
        replace(`${CUSTOM.toUpperCase()}:UNDECLARED`, 2),
        add(`${CUSTOM}:constructor`, 'x'),
      ]);
      expect(result[ENTERPRISE_SCHEMA]).to.deep.equal({ department: 'IT', costCenter: '7' });
      expect(result[CUSTOM]).to.deep.equal({ tags: ['b', 'c'], badge: 'B1', Undeclared: 2, constructor: 'x' });
    });

    it('are gone with the last value, and come with the first [R-3.5.2-13 R-3.5.2.2-06]', async () => {
      const department = remove(`${ENTERPRISE_SCHEMA}:department`);
      expect(await after_([department, remove(`${ENTERPRISE_SCHEMA}:costCenter`)])).to.not.have.property(
        ENTERPRISE_SCHEMA,
      );
      const manager = await after_([add(`${ENTERPRISE_SCHEMA}:manager`, { managerId: ana.id })]);
      expect(manager[ENTERPRISE_SCHEMA]).to.have.nested.property('manager.managerId', ana.id);
      expect(await after_([remove(`${ENTERPRISE_SCHEMA}:manager.managerId`)])).to.not.have.property(ENTERPRISE_SCHEMA);
    });

    it('go as a whole', async () => {
      const whole = extension(ENTERPRISE_SCHEMA);
      const result = await after_([whole, add(`${ENTERPRISE_SCHEMA}:division`, 'D')]);
      expect(result[ENTERPRISE_SCHEMA]).to.deep.equal({ division: 'D' });
      expect(await after_([whole])).to.not.have.property(ENTERPRISE_SCHEMA);
    });
  });

  it('merge a complex value, or swap it whole where the profile wants that [R-3.5.2.3-03]', async () => {
    expect((await after_([replace('name', { givenName: 'B' })]))['name']).to.deep.equal({
      givenName: 'B',
      familyName: 'Silva',
    });
    expect((await after_([replace('name', { givenName: 'C' })], 'profile'))['name']).to.deep.equal({ givenName: 'C' });
  });
});
