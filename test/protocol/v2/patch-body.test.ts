import { expect } from 'chai';
import { decodePatch } from '../../../connector/protocol/v2/patch.ts';
import type { Dialect } from '../../../connector/scim/patch-operation.ts';
import { ENTERPRISE_SCHEMA } from '../../../connector/scim/schema/names.ts';
import { ANA, CUSTOM, ENTERPRISE, Group, PATCH_OP, patched, read, refusalOf, User } from './patching.ts';

const refused = (body: unknown, dialect: Dialect = 'compatible'): string =>
  refusalOf(() => decodePatch(User, body, { dialect }));
const TITLE = { op: 'replace', path: 'title', value: 'x' };
const [WORK, HOME] = ANA['emails'] as readonly object[];

describe('the body of a PATCH of SCIM 2.0', () => {
  for (const [what, body, compatible, strict] of [
    ['no schemas', { Operations: [TITLE] }, 'none', 'invalidSyntax'],
    ['empty schemas', { schemas: [], Operations: [TITLE] }, 'none', 'invalidSyntax'],
    [
      'schemas of a draft',
      { schemas: ['urn:ietf:params:scim:schemas:core:2.0:PatchOp'], operations: [TITLE] },
      'none',
      'none',
    ],
    ['schemas as text', { SCHEMAS: PATCH_OP, OPERATIONS: [TITLE] }, 'none', 'none'],
    ['schemas of something else', { schemas: ['urn:x:User'], Operations: [TITLE] }, 'invalidSyntax', 'invalidSyntax'],
    ['schemas that are numbers', { schemas: [7], Operations: [TITLE] }, 'invalidSyntax', 'invalidSyntax'],
    ['no operations', { schemas: [PATCH_OP] }, 'invalidSyntax', 'invalidSyntax'],
    ['none of them', { schemas: [PATCH_OP], Operations: [] }, 'invalidSyntax', 'invalidSyntax'],
    ['one without a list', { schemas: [PATCH_OP], Operations: TITLE }, 'invalidSyntax', 'invalidSyntax'],
    ['nothing in the list', { schemas: [PATCH_OP], Operations: [null] }, 'invalidSyntax', 'invalidSyntax'],
    ['a list in the list', { schemas: [PATCH_OP], Operations: [[TITLE]] }, 'invalidSyntax', 'invalidSyntax'],
    ['a partial resource', { title: 'x' }, 'invalidSyntax', 'invalidSyntax'],
    ['null', null, 'invalidSyntax', 'invalidSyntax'],
    ['a list', [TITLE], 'invalidSyntax', 'invalidSyntax'],
    [
      'an attribute that objects inherit',
      { schemas: [PATCH_OP], Operations: [{ __proto__: TITLE }] },
      'invalidSyntax',
      'invalidSyntax',
    ],
  ] as const)
    it(`may have ${what}: ${compatible}, ${strict}`, () => {
      expect([refused(body), refused(body, 'strict')]).to.deep.equal([compatible, strict]);
    });

  it('says what is wrong with which operation', () => {
    const bodies: readonly (readonly [object, RegExp])[] = [
      [{ path: 'title', value: 'x' }, /^Operations\[1\]: op must be add, remove or replace$/],
      [{ op: 'merge', path: 'title', value: 'x' }, /^Operations\[1\]: op must be/],
      [{ op: 'add', OP: 'remove', path: 'title' }, /^Operations\[1\]: op is there twice$/],
      [{ op: 'remove' }, /^Operations\[1\]: remove needs a path$/],
      [{ op: 'replace', path: 'title' }, /^Operations\[1\]: value is required for replace$/],
      [{ op: 'add', value: 'x' }, /^Operations\[1\]: without a path, value must be an object/],
      [{ op: 'add', path: ENTERPRISE, value: 'x' }, /must be an object$/],
    ];
    for (const [operation, text] of bodies) expect(() => read([TITLE, operation])).to.throw(text);
  });

  it('has no more than a thousand operations', () => {
    const many = Array.from({ length: 1000 }, () => TITLE);
    expect(read(many).operations).to.have.length(1000);
    expect(refusalOf(() => read([...many, TITLE]))).to.equal('tooLarge');
  });

  it('takes op in any case', () => {
    expect(
      read([
        { op: ' Add ', path: 'title', value: 'x' },
        { op: 'REMOVE', path: 'nickName' },
      ]).operations.map(({ op }) => op),
    ).to.deep.equal(['add', 'remove']);
  });
});

describe('the value of an operation', () => {
  it('is required, but for who adds nothing to a list', () => {
    for (const [op, path] of [
      ['replace', 'title'],
      ['add', 'title'],
      ['replace', 'emails'],
      ['replace', 'emails[type eq "work"].value'],
    ])
      expect(
        refusalOf(() => read([{ op, path }])),
        `${op} ${path}`,
      ).to.equal('invalidValue');
    expect(read([{ op: 'add', path: 'members' }], 'compatible', Group).operations).to.deep.equal([]);
    expect(refusalOf(() => read([{ op: 'add', path: 'members' }], 'strict', Group))).to.equal('invalidValue');
  });

  it('that is none takes away when it replaces, and adds nothing', () => {
    for (const value of [null, '', []]) {
      for (const path of [
        'nickName',
        'emails',
        'name',
        'name.givenName',
        'emails[type eq "work"]',
        'emails[type eq "work"].value',
      ]) {
        expect(patched([{ op: 'replace', path, value }]), path).to.deep.equal(patched([{ op: 'remove', path }]));
        expect(patched([{ op: 'add', path, value }]), path).to.deep.equal(ANA);
      }
    }
    expect(patched([{ op: 'replace', path: 'name', value: { givenName: null } }])['name']).to.deep.equal({
      familyName: 'Silva',
    });
    for (const path of ['userName', 'active', 'password'])
      expect(
        refusalOf(() => patched([{ op: 'replace', path, value: null }])),
        path,
      ).to.equal('mutability');
  });

  it('is an object of attributes where there is no path', () => {
    for (const path of [{}, { path: '' }, { path: null }, { path: ' ' }])
      expect(
        patched([{ op: 'replace', ...path, value: { NickName: 'x', name: { givenName: 'B' }, emails: HOME } }]),
      ).to.deep.equal({
        ...ANA,
        nickName: 'x',
        name: { givenName: 'B', familyName: 'Silva' },
        emails: [HOME],
      });
    expect(patched([{ op: 'add', value: { emails: [{ value: 'x', type: 'other' }], title: 'T' } }])).to.deep.equal({
      ...ANA,
      title: 'T',
      emails: [WORK, HOME, { value: 'x', type: 'other' }],
    });
    expect(
      patched([{ op: 'replace', value: [{ nickName: null, title: '', emails: [], active: null, password: '' }] }]),
    ).to.deep.equal(
      Object.fromEntries(Object.entries(ANA).filter(([name]) => name !== 'nickName' && name !== 'emails')),
    );
  });

  it('may hold paths as keys, and extensions', () => {
    const value = {
      'name.givenName': 'B',
      'emails[type eq "work"].value': 'x@a.org',
      [`${ENTERPRISE}:department`]: 'IT',
      [`${ENTERPRISE}:manager`]: '',
      [CUSTOM]: { shoe: '43' },
      [`${CUSTOM}:tags`]: ['c'],
    };
    const result = patched([{ op: 'replace', value }]);
    expect(result['name']).to.deep.equal({ givenName: 'B', familyName: 'Silva' });
    expect(result['emails']).to.deep.include({ ...WORK, value: 'x@a.org' });
    expect(result[ENTERPRISE_SCHEMA]).to.deep.equal({ department: 'IT' });
    expect(result[CUSTOM]).to.deep.equal({ tags: ['c'], shoe: 43 });
    expect(refusalOf(() => read([{ op: 'replace', value }], 'strict'))).to.equal('invalidPath');
  });

  it('overlooks what belongs to the service, or to nobody', () => {
    const value = {
      id: 'x',
      meta: { version: '1' },
      schemas: ['x'],
      groups: [{ value: 'g' }],
      'meta.created': 'x',
      'a b': 1,
      '__proto__.x': 1,
      shoe: 1,
      [`${ENTERPRISE}:manager.displayName`]: 'x',
    };
    expect(
      patched([
        {
          op: 'replace',
          value: JSON.parse(`{"__proto__": {"polluted": 1}, ${JSON.stringify(value).slice(1)}`) as object,
        },
      ]),
    ).to.deep.equal(ANA);
    expect(
      patched([{ op: 'add', path: 'emails', value: { ...HOME, $ref: 'x', display: 'Home' } }])['emails'],
    ).to.deep.include({ ...HOME, display: 'Home' });
  });

  it('is refused where it is of the wrong kind', () => {
    for (const [path, value] of [
      ['title', { a: 1 }],
      ['title', [['x']]],
      ['name', 'x'],
      ['active', 'perhaps'],
      ['emails', [[WORK]]],
      ['emails[type eq "work"].value', { a: 1 }],
      [`${ENTERPRISE}:manager.value`, {}],
      [`${CUSTOM}:shoe`, 'big'],
      ['emails', [WORK, { ...HOME, primary: 'true' }]],
    ] as const)
      expect(
        refusalOf(() => read([{ op: 'replace', path, value }])),
        path,
      ).to.equal('invalidValue');
    expect(
      refusalOf(() => read([{ op: 'add', path: 'members', value: [{ display: 'x' }] }], 'compatible', Group)),
    ).to.equal('invalidValue');
  });

  it('of a removal says which values go, and never that all do', () => {
    const emails = (value: unknown): unknown => patched([{ op: 'remove', path: 'emails', value }])['emails'];
    expect(emails([{ value: 'ana@home.org' }])).to.deep.equal([WORK]);
    expect(emails({ value: 'ana@home.org', type: 'home', $ref: null })).to.deep.equal([WORK]);
    expect(emails('ana@home.org')).to.deep.equal([WORK]);
    expect(emails([])).to.deep.equal([WORK, HOME]);
    expect(emails([null, {}])).to.deep.equal([WORK, HOME]);
    expect(emails(undefined)).to.equal(undefined);
    expect(patched([{ op: 'remove', path: 'emails[type eq "work"].value', value: 'x@y.org' }])['emails']).to.deep.equal(
      [HOME],
    );
    expect(patched([{ op: 'remove', path: 'nickName', value: 'other' }])).to.not.have.property('nickName');
  });

  it('is taken as Entra means it', () => {
    const manager = (value: unknown): unknown =>
      (patched([{ op: 'Add', path: `${ENTERPRISE}:manager`, value }])[ENTERPRISE_SCHEMA] as Record<string, unknown>)[
        'manager'
      ];
    for (const value of ['m', { value: 'm' }, [{ $ref: null, value: 'm' }], ['m'], { value: 'm', displayName: 'M' }])
      expect(manager(value)).to.deep.equal({ managerId: 'm' });
    expect(manager('')).to.deep.equal({ managerId: 'boss' });
    for (const [path, value, expected] of [
      ['active', 'False', false],
      ['active', 'true', true],
      ['displayName', [{ $ref: null, value: 'x' }], 'x'],
      ['externalId', 701984, '701984'],
      ['name', [{ givenName: 'B' }], { givenName: 'B', familyName: 'Silva' }],
      ['emails', [{ value: 'X@A.ORG' }], [{ value: 'X@A.ORG' }]],
      ['timezone', 'Ω≈ç√', 'Ω≈ç√'],
    ] as const)
      expect(patched([{ op: 'Replace', path, value }])[path], path).to.deep.equal(expected);
    expect(patched([{ op: 'Add', path: 'emails[type eq "home"].primary', value: 'True' }])['emails']).to.deep.equal([
      { ...WORK, primary: false },
      { ...HOME, primary: true },
    ]);
  });
});
