import { expect } from 'chai';
import { putEntitlements } from '../../connector/backend/sqlite/entitlements/keep-entitlements.ts';
import { SqliteBackend } from '../../connector/backend/sqlite/sqlite-backend.ts';
import type { Configured } from '../../connector/entitlements/entitlements.ts';
import type { Draft } from '../../connector/scim/draft.ts';
import type { Attributes, Resource } from '../../connector/scim/resource.ts';
import { resourceTypes, withoutEntitlements } from '../../connector/scim/schema/resource-type.ts';
import { guardedService } from '../../connector/service/assemble-service.ts';
import { defaultPolicy, type Policy } from '../../connector/service/policy.ts';
import type { Service } from '../../connector/service/service.ts';
import { temporaryFile } from '../backend/sqlite/temporary-file.ts';
import { call } from '../conformance/company.ts';
import { rejection } from '../support/rejection.ts';

const LICENSE: Configured = {
  name: 'License',
  kind: 'entitlement',
  endpoint: '/Licenses',
  description: 'License',
  single: false,
};
const SEAT: Configured = {
  ...LICENSE,
  name: 'Seat',
  endpoint: '/Seats',
  single: true,
  list: { a1: 'Window', b2: 'Aisle' },
};
const ROLE: Configured = {
  ...LICENSE,
  name: 'Role',
  kind: 'role',
  endpoint: '/Roles',
  list: { admin: 'Administrator' },
};

const types = [LICENSE, SEAT, ROLE];
const known = resourceTypes({ app: 'hr', users: [], groups: [], entitlements: types });
const unknown = withoutEntitlements(known);

const draft = (attributes: Attributes, cleared: Draft['cleared'] = []): Draft => ({ attributes, cleared, ignored: [] });

describe('assigning entitlements (SQLite)', () => {
  let backend: SqliteBackend;
  let person: Resource;
  let v2: Service;
  let v1: Service;
  const serve = (policy: Partial<Policy> = {}): void => {
    v2 = guardedService(backend, { ...defaultPolicy, entitlements: { types, shown: true }, ...policy });
    v1 = guardedService(backend, { ...defaultPolicy, entitlements: { types, shown: false }, ...policy });
  };
  beforeEach(async () => {
    const file = temporaryFile();
    await putEntitlements(file, 'License', [
      { id: 'e3', name: 'Office E3' },
      { id: 'f1', name: 'Office F1' },
    ]);
    backend = new SqliteBackend({ file, passwords: 'hash' });
    await backend.open();
    serve();
    person = (await v2.create(call, known.User, draft({ userName: 'ana' }))).resource;
  });
  afterEach(() => backend.close());

  const put = async (attributes: Attributes, cleared?: Draft['cleared']): Promise<Resource> =>
    (await v2.replace(call, known.User, person.id, draft({ userName: 'ana', ...attributes }, cleared))).resource;
  const has = async (): Promise<Attributes> => {
    const { entitlements = [], roles = [] } = (await v2.get(call, known.User, person.id)).attributes;
    return { entitlements, roles };
  };

  it('names what was assigned, and stores its id alone', async () => {
    const sent = { entitlements: [{ value: 'e3', type: 'license', display: 'made up' }], roles: [{ value: 'admin' }] };
    const { attributes, meta } = await put(sent);
    expect(attributes['entitlements']).to.deep.equal([{ value: 'e3', type: 'License', display: 'Office E3' }]);
    expect(attributes['roles']).to.deep.equal([{ value: 'admin', display: 'Administrator' }]);
    expect(meta.version).to.not.equal(person.meta.version);
    expect(meta.lastModified > person.meta.lastModified).to.equal(true);
    const stored = (await backend.get(call, known.User, person.id)).attributes;
    expect(stored['entitlements']).to.deep.equal([{ value: 'e3', type: 'License' }]);
  });

  it('takes the full list, and keeps what an absent list does not speak of', async () => {
    await put({
      entitlements: [
        { value: 'e3', type: 'License' },
        { value: 'a1', type: 'Seat' },
      ],
      roles: [{ value: 'admin' }],
    });
    const { version } = (await put({})).meta;
    expect(await has()).to.have.nested.property('entitlements[1].display', 'Window');
    // As it was read: nothing to do.
    expect((await put(await has())).meta.version).to.equal(version);
    await put({ entitlements: [{ value: 'f1', type: 'License' }] });
    expect(await has()).to.deep.equal({
      entitlements: [{ value: 'f1', type: 'License', display: 'Office F1' }],
      roles: [{ value: 'admin', display: 'Administrator' }],
    });
    await put({}, [{ attribute: 'entitlements' }]);
    expect((await has())['entitlements']).to.deep.equal([]);
  });

  const REFUSED: readonly (readonly [string, Attributes, string])[] = [
    [
      'an unknown id',
      { entitlements: [{ value: 'e9', type: 'License' }] },
      'entitlements: there is no License "e9"; create it, or take it away in Okta',
    ],
    [
      'an id of another type',
      { entitlements: [{ value: 'e3', type: 'Seat' }] },
      'entitlements: there is no Seat "e3"; create it, or take it away in Okta',
    ],
    [
      'an unknown type',
      { entitlements: [{ value: 'e3', type: 'Car' }] },
      'entitlements: there is no type "Car"; there are License, Seat',
    ],
    [
      'no type and an unknown id',
      { entitlements: [{ value: 'x' }] },
      'entitlements: there is no License or Seat "x"; create it, or take it away in Okta',
    ],
    [
      'an unknown role',
      { roles: [{ value: 'boss' }] },
      'roles: there is no Role "boss"; create it, or take it away in Okta',
    ],
    [
      'two of a single one',
      {
        entitlements: [
          { value: 'a1', type: 'Seat' },
          { value: 'b2', type: 'Seat' },
        ],
      },
      'entitlements: nobody has more than one Seat; 2 were sent',
    ],
  ];
  for (const [what, attributes, text] of REFUSED) {
    it(`refuses ${what} and changes nothing`, async () => {
      const error = await rejection(put({ title: 'Dr', ...attributes }));
      expect(error).to.include({ reason: 'invalidValue', message: text });
      expect((await v2.get(call, known.User, person.id)).meta.version).to.equal(person.meta.version);
      const fresh = v2.create(call, known.User, draft({ userName: 'per', ...attributes }));
      expect((await rejection(fresh)).message).to.equal(text);
    });
  }

  it('finds the type of an id that only one has', async () => {
    await put({ entitlements: [{ value: 'f1' }, { value: 'b2' }] });
    expect(await has()).to.containSubset({ entitlements: [{ type: 'License' }, { type: 'Seat' }] });
  });

  it('neither shows nor takes away what nobody knows', async () => {
    await backend.modify(call, known.User, person.id, [
      { op: 'set', path: { attribute: 'entitlements' }, value: [{ value: 'gone', type: 'Seat' }] },
    ]);
    const stored = async () => (await backend.get(call, known.User, person.id)).attributes['entitlements'];
    expect((await has())['entitlements']).to.deep.equal([]);
    await put({ entitlements: [{ value: 'a1', type: 'Seat' }] });
    expect((await has())['entitlements']).to.deep.equal([{ value: 'a1', type: 'Seat', display: 'Window' }]);
    expect(await stored()).to.have.length(2);
    await put({}, [{ attribute: 'entitlements' }]);
    expect(await stored()).to.deep.equal([{ value: 'gone', type: 'Seat' }]);
    // Okta may have been told of it once.
    await put({ entitlements: [{ value: 'gone', type: 'Seat' }] });
    expect(await stored()).to.deep.equal([{ value: 'gone', type: 'Seat' }]);
  });

  for (const mode of ['merge', 'replace'] as const) {
    it(`hides them from SCIM 1.1, whose PUT (${mode}) takes none away`, async () => {
      serve({ put: mode });
      await put({ entitlements: [{ value: 'e3', type: 'License' }], roles: [{ value: 'admin' }] });
      const seen = await v1.replace(call, unknown.User, person.id, draft({ userName: 'ana', title: 'Dr' }));
      expect(seen.resource.attributes).to.include({ title: 'Dr' }).and.not.have.any.keys('entitlements', 'roles');
      expect(
        (await v1.list(call, unknown.User, { offset: 0, limit: 9 })).resources[0]?.attributes,
      ).to.not.have.any.keys('entitlements', 'roles');
      expect(await has()).to.containSubset({ entitlements: [{ value: 'e3' }], roles: [{ value: 'admin' }] });
    });
  }
});
