import { expect } from 'chai';
import { ForwardingBackend } from '../../connector/backend/decorators/forwarding-backend.ts';
import { decodePatch } from '../../connector/protocol/v1/decode.ts';
import type { Draft } from '../../connector/scim/draft.ts';
import { ScimError } from '../../connector/scim/error.ts';
import type { Complex, Resource } from '../../connector/scim/resource.ts';
import { guardedService } from '../../connector/service/assemble-service.ts';
import { splitPartial } from '../../connector/service/member-changes.ts';
import { defaultPolicy, type Policy } from '../../connector/service/policy.ts';
import type { Service } from '../../connector/service/service.ts';
import { call } from '../conformance/company.ts';
import { MemoryBackend } from '../conformance/memory/memory-backend.ts';
import { Group, User } from '../conformance/people.ts';
import { rejection } from '../support/rejection.ts';

const decoded = (body: object) => decodePatch(Group, body, { dialect: 'compatible' });
const path = { attribute: 'members' };

const reasonOf = async (work: Promise<unknown>): Promise<string> => {
  const error = await rejection(work);
  return error instanceof ScimError ? error.reason : String(error);
};

describe('the members of a PATCH', () => {
  const cases: readonly (readonly [string, object, readonly object[]])[] = [
    [
      'joining',
      { members: [{ value: 'a', display: 'A', type: 'User' }, 'b', { value: 'a' }] },
      [{ op: 'add', path, values: [{ value: 'a' }, { value: 'b' }] }],
    ],
    ['leaving', { members: [{ value: 'a', operation: 'delete' }] }, [{ op: 'remove', path, values: [{ value: 'a' }] }]],
    [
      'leaving and coming back',
      { members: [{ value: 'a', operation: 'delete' }, { value: 'a' }] },
      [{ op: 'add', path, values: [{ value: 'a' }] }],
    ],
    [
      'one for another',
      { members: [{ value: 'b' }, { value: 'a', operation: 'Delete' }] },
      [
        { op: 'remove', path, values: [{ value: 'a' }] },
        { op: 'add', path, values: [{ value: 'b' }] },
      ],
    ],
    ['all taken away', { meta: { attributes: ['Members'] } }, [{ op: 'unset', path }]],
    [
      'all replaced',
      { meta: { attributes: ['members.value'] }, members: ['b', { value: 'a', operation: 'delete' }] },
      [{ op: 'set', path, value: [{ value: 'b' }] }],
    ],
    ['an empty list', { members: [] }, []],
    ['a new name', { displayName: 'H' }, []],
  ];
  for (const [what, body, expected] of cases)
    it(`are changes that need no reading: ${what}`, () => {
      const { changes, rest } = splitPartial(Group, decoded(body));
      expect(changes).to.deep.equal(expected);
      expect(rest.attributes).to.not.have.property('members');
      expect([...rest.deletions, ...rest.removals]).to.deep.equal([]);
    });

  it('leave the rest of it as it is', () => {
    const body = { displayName: 'H', members: ['a'], meta: { attributes: ['externalId'] } };
    const { rest } = splitPartial(Group, decoded(body));
    expect(rest).to.deep.equal(decoded({ displayName: 'H', meta: { attributes: ['externalId'] } }));
  });
});

/** Counts the members that it is asked to show. */
class Watched extends ForwardingBackend {
  readonly shown: string[] = [];

  #watch(verb: string, resource: Resource): Resource {
    const { members } = resource.attributes;
    if (!Array.isArray(members)) return resource;
    this.shown.push(`${verb} ${members.length}${(members as Complex[])[0]?.['display'] === undefined ? ' ids' : ''}`);
    return resource;
  }

  override async get(...words: Parameters<MemoryBackend['get']>): Promise<Resource> {
    return this.#watch('get', await super.get(...words));
  }

  override async modify(...words: Parameters<MemoryBackend['modify']>): Promise<Resource> {
    return this.#watch('modify', await super.modify(...words));
  }
}

describe('a change of one in a group', () => {
  const TRIMMED = { without: ['groups', 'members'] } as const;
  let backend: Watched;
  let ids: string[];
  let id: string;
  let version: string;
  beforeEach(async () => {
    const memory = new MemoryBackend();
    ids = [];
    for (const userName of ['a', 'b', 'c', 'd', 'e']) ids.push((await memory.create(call, User, { userName })).id);
    const members = ids.slice(0, 4).map((value) => ({ value }));
    const { meta, ...group } = await memory.create(call, Group, { displayName: 'G', members });
    [id, version] = [group.id, meta.version ?? ''];
    backend = new Watched(memory);
  });

  const on = (policy: Partial<Policy> = {}): Service => guardedService(backend, { ...defaultPolicy, ...policy });
  const join = (...more: string[]) => decoded({ members: more });
  const leave = (...less: (string | undefined)[]) =>
    decoded({ members: less.map((value) => ({ value, operation: 'delete' })) });
  const draft = (...members: (string | undefined)[]): Draft => ({
    attributes: { displayName: 'G', members: members.map((value) => ({ value: value ?? '' })) },
    cleared: [],
    ignored: [],
  });

  it('reads no members for a PATCH whose answer has none', async () => {
    for (const [patch, ifMatch] of [
      [join(ids[4] ?? ''), [version]],
      [leave(ids[4]), '*'],
      [leave(ids[4]), undefined],
    ] as const)
      await on().patch(call, Group, id, patch, ifMatch, TRIMMED);
    expect(backend.shown).to.deep.equal([]);
  });

  it('reads them once for a PATCH whose answer has them', async () => {
    await on().patch(call, Group, id, join(ids[4] ?? ''));
    await on().patch(call, Group, id, join(ids[4] ?? ''));
    expect(backend.shown).to.deep.equal(['modify 5', 'modify 5']);
  });

  it('reads their ids once for a PUT', async () => {
    await on().replace(call, Group, id, draft(...ids), undefined, TRIMMED);
    expect(backend.shown.splice(0)).to.deep.equal(['get 4 ids']);
    await on().replace(call, Group, id, draft(...ids.slice(1)));
    expect(backend.shown.splice(0)).to.deep.equal(['get 5 ids', 'modify 4']);
    const same = await on().replace(call, Group, id, draft(...ids.slice(1)));
    expect(backend.shown).to.deep.equal(['get 4 ids', 'get 4']);
    expect(same.changes).to.deep.equal([]);
  });

  it('says that nothing changed, and keeps the version', async () => {
    for (const patch of [join(ids[0] ?? ''), leave(ids[4])]) {
      const { changes, resource } = await on().patch(call, Group, id, patch);
      expect(changes).to.deep.equal([]);
      expect(resource.meta.version).to.equal(version);
    }
  });

  it('refuses a stale version, and one that is missing where it is required', async () => {
    expect(await reasonOf(on().patch(call, Group, id, join(ids[4] ?? ''), ['stale']))).to.equal('versionMismatch');
    const strict = on({ requireIfMatch: true });
    expect(await reasonOf(strict.patch(call, Group, id, join(ids[4] ?? '')))).to.equal('versionMismatch');
    expect(await reasonOf(strict.patch(call, Group, 'nope', join(ids[4] ?? '')))).to.equal('notFound');
  });

  it('leaves out who is unknown, and says so', async () => {
    const { leftOut, resource } = await on().patch(call, Group, id, join('nobody', ids[4] ?? ''));
    expect(leftOut).to.deep.equal(['nobody']);
    expect(resource.attributes['members']).to.have.length(5);
    const refusing = on({ unknownMembers: 'refuse' });
    expect(await reasonOf(refusing.patch(call, Group, id, join('nobody', ids[4] ?? '')))).to.equal('invalidValue');
  });

  it('counts who really leaves against the limit', async () => {
    const guarded = on({ maxGroupRemoval: 50 });
    const refused = [
      leave(...ids.slice(0, 3)),
      decoded({ meta: { attributes: ['members'] } }),
      decoded({ meta: { attributes: ['members'] }, members: [ids[4]] }),
      decoded({ meta: { attributes: ['members'] }, members: [ids[0]] }),
    ];
    for (const patch of refused) expect(await reasonOf(guarded.patch(call, Group, id, patch))).to.equal('forbidden');
    // Strangers do not leave, so that these are two of four.
    await guarded.patch(call, Group, id, leave(ids[0], ids[1], ids[4], 'nobody'), undefined, TRIMMED);
    await guarded.patch(call, Group, id, decoded({ meta: { attributes: ['members'] }, members: [ids[2], ids[4]] }));
    const { attributes } = await backend.get(call, Group, id, { bare: true });
    expect(attributes['members']).to.have.deep.members([{ value: ids[2] }, { value: ids[4] }]);
  });

  it('still minds the rest of the PATCH', async () => {
    const removing = decoded({ meta: { attributes: ['displayName'] }, members: [ids[4]] });
    expect(await reasonOf(on().patch(call, Group, id, removing))).to.equal('invalidValue');
    const { changes } = await on().patch(call, Group, id, decoded({ displayName: 'H', members: [ids[4]] }));
    expect(changes.map(({ path: { attribute } }) => attribute)).to.deep.equal(['displayName', 'members']);
  });
});
