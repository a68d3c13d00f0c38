import { expect } from 'chai';
import { ENTERPRISE_SCHEMA } from '../../../connector/scim/schema/names.ts';
import { ANA, CUSTOM, ENTERPRISE, Group, patched, read, refusalOf } from './patching.ts';

const [WORK, HOME] = ANA['emails'] as readonly object[];

describe('the value of an operation', () => {
  it('is required, but for who adds nothing to a list [R-3.5.2-05 R-3.5.2.1-06]', () => {
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

  it('that is none takes away when it replaces, and adds nothing [R-3.5.2-05 R-3.5.2-14 R-3.5.2.1-06]', () => {
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

  it('is an object of attributes where there is no path [R-3.5.2-28 R-3.5.2.1-01 R-3.5.2.3-01]', () => {
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

  it('may hold paths as keys, and extensions [R-3.5.2.3-07 R-3.5.2.3-08 N-22 K-3.3-04]', () => {
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

  it('overlooks what belongs to the service, or to nobody [R-3.5.2-10 R-3.5.2-29]', () => {
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

  it('is refused where it is of the wrong kind [K-1.2-01 K-2.3.8-01 K-2.4-01 K-2.4-03]', () => {
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

  it('is taken by the letter where that is wanted', () => {
    const inLetters = (path: string, value: unknown): string =>
      refusalOf(() => read([{ op: 'replace', path, value }], 'strict'));
    for (const [path, value] of [
      ['active', 'False'],
      ['externalId', 7],
      ['name', [{ givenName: 'x' }]],
      [`${ENTERPRISE}:manager`, 'm'],
      ['emails[type eq "work"].primary', 'True'],
    ] as const)
      expect(inLetters(path, value), path).to.equal('invalidValue');
    expect(inLetters(`${ENTERPRISE}:manager`, { value: 'm', $ref: '../Users/m' })).to.equal('none');
    expect(() => read([{ op: 'add', path: `${ENTERPRISE}:manager`, value: 7 }], 'strict')).to.throw(
      `${ENTERPRISE}:manager must be an object`,
    );
  });

  it('of a removal says which values go, and never that all do [R-3.5.2.2-03 R-3.5.2.2-04 N-25]', () => {
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

  it('is taken as Entra means it [R-3.5.2.3-09 N-20 N-30 N-31 N-33 N-34 N-10]', () => {
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
