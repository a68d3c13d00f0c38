import { expect } from 'chai';
import { ENTERPRISE_SCHEMA } from '../../../connector/scim/schema/names.ts';
import { ANA, CUSTOM, ENTERPRISE, Group, patched, read, refusalOf, USER } from './patching.ts';

const [WORK, HOME] = ANA['emails'] as readonly object[];
const emailsAfter = (op: string, path: string, value?: unknown): unknown =>
  patched([{ op, path, ...(value === undefined ? {} : { value }) }])['emails'];

describe('the path of an operation', () => {
  for (const [path, title] of [
    ['title', 'x'],
    ['TITLE', 'x'],
    [`${USER}:title`, 'x'],
    [`${USER.toUpperCase()}:Title`, 'x'],
    [' title ', 'x'],
  ])
    it(`is an attribute: ${path} [R-3.5.2-20 R-3.5.2-26]`, () => {
      expect(patched([{ op: 'replace', path, value: title }])['title']).to.equal('x');
    });

  it('is a part, of one value and of each of several [R-3.5.2-20 R-3.5.2-26]', () => {
    expect(patched([{ op: 'replace', path: 'Name.GivenName', value: 'B' }])['name']).to.deep.equal({
      givenName: 'B',
      familyName: 'Silva',
    });
    expect(emailsAfter('replace', 'emails.type', 'other')).to.deep.equal([
      { ...WORK, type: 'other' },
      { ...HOME, type: 'other' },
    ]);
  });

  for (const path of [
    'emails[type eq "work"].value',
    'emails[Type EQ "Work"].Value',
    'emails[type eq"work"].value',
    'emails[type eq "work" and value ew "a.org"].value',
    'emails[not (type eq "home")].value',
    'emails[primary eq true].value',
    'emails[primary eq "True"].value',
    'emails[type eq "x" or (type sw "w" and value pr)].value',
    'emails[type ne "home"].value',
    `${USER}:emails[type eq "work"].value`,
  ])
    it(`chooses by a filter: ${path} [R-3.5.2-21 R-3.5.2-23]`, () => {
      expect(emailsAfter('replace', path, 'x@a.org')).to.deep.equal([{ ...WORK, value: 'x@a.org' }, HOME]);
    });

  it('chooses whole elements [R-3.5.2.3-04 R-3.5.2-21]', () => {
    expect(emailsAfter('remove', 'emails[type eq "work" and value ew "a.org"]')).to.deep.equal([HOME]);
    expect(emailsAfter('replace', 'emails[type eq "home"]', { value: 'x@a.org' })).to.deep.equal([
      WORK,
      { value: 'x@a.org', type: 'home' },
    ]);
    expect(emailsAfter('replace', 'emails[type eq "home"]', [{ value: 'x@a.org', type: 'other' }])).to.deep.equal([
      WORK,
      { value: 'x@a.org', type: 'other' },
    ]);
    expect(emailsAfter('add', 'emails[type eq "other"]', 'x@a.org')).to.deep.equal([
      WORK,
      HOME,
      { type: 'other', value: 'x@a.org' },
    ]);
  });

  for (const [path, value, key, expected] of [
    [`${ENTERPRISE}:department`, 'IT', 'department', 'IT'],
    [`${ENTERPRISE}.department`, 'IT', 'department', 'IT'],
    [`${ENTERPRISE.toLowerCase()}:Department`, 'IT', 'department', 'IT'],
    [`${ENTERPRISE}:manager.value`, 'x', 'manager', { managerId: 'x' }],
    [`${ENTERPRISE}:manager`, { value: 'x' }, 'manager', { managerId: 'x' }],
    [ENTERPRISE, { department: 'IT', manager: 'x' }, 'department', 'IT'],
  ] as const)
    it(`leads into an extension: ${path} [R-3.5.2-24 R-3.5.2-25]`, () => {
      for (const op of ['add', 'replace']) {
        const block = patched([{ op, path, value }])[ENTERPRISE_SCHEMA];
        expect(block).to.have.deep.property(key, expected);
        expect(block).to.have.property('manager');
        expect(block).to.have.property('department');
      }
    });

  it('takes an extension as a whole, and a part of it [R-3.5.2-24]', () => {
    for (const value of [undefined, 'stray'])
      expect(patched([{ op: 'remove', path: ENTERPRISE, value }])).to.not.have.property(ENTERPRISE_SCHEMA);
    expect(patched([{ op: 'replace', path: ENTERPRISE, value: null }])).to.not.have.property(ENTERPRISE_SCHEMA);
    expect(patched([{ op: 'remove', path: CUSTOM }])).to.not.have.property(CUSTOM);
    expect(patched([{ op: 'remove', path: `${ENTERPRISE}:manager.value` }])[ENTERPRISE_SCHEMA]).to.deep.equal({
      department: 'Sales',
    });
  });

  it('leads to an app of Okta that nobody configured where an object is laid over it, else to its attribute', () => {
    const other = 'urn:okta:other:1.0:user:custom';
    expect(patched([{ op: 'add', path: other, value: { Colour: 'red' } }])[other]).to.deep.equal({ Colour: 'red' });
    const result = patched([{ op: 'add', path: other, value: 'red' }]);
    expect(result['urn:okta:other:1.0:user']).to.deep.equal({ custom: 'red' });
  });

  it('leads to attributes of Okta that nobody declared [O-08]', () => {
    const undeclared = `${CUSTOM}:Colour`;
    expect(patched([{ op: 'add', path: undeclared, value: 'red' }])[CUSTOM]).to.deep.equal({
      tags: ['a', 'b'],
      shoe: 42,
      Colour: 'red',
    });
    expect(
      patched([
        { op: 'add', path: undeclared, value: 'red' },
        { op: 'remove', path: undeclared },
      ])[CUSTOM],
    ).to.deep.equal(ANA[CUSTOM]);
    expect(patched([{ op: 'add', path: `${CUSTOM}:tags`, value: 'c' }])[CUSTOM]).to.deep.include({
      tags: ['a', 'b', 'c'],
    });
    expect(patched([{ op: 'remove', path: `${CUSTOM}:tags`, value: ['a'] }])[CUSTOM]).to.deep.include({ tags: ['b'] });
    expect(patched([{ op: 'add', path: `${CUSTOM}:desk.floor`, value: 3 }])[CUSTOM]).to.deep.include({
      desk: { floor: 3 },
    });
    expect(patched([{ op: 'add', path: CUSTOM, value: { Colour: 'red' } }])[CUSTOM]).to.include({ Colour: 'red' });
  });

  for (const path of [
    'emails[0]',
    'name.givenName.x',
    'emails.value.x',
    'emails[type eq "work"].value.x',
    'emails[emails[type eq "work"]]',
    'emails[type eq "work"',
    'emails[]',
    'emails[type eq "work"]x',
    'emails [type eq "work"] . value',
    'name . givenName',
    'a b',
    '[type eq "work"]',
    '.',
    ':',
    'name[givenName eq "Ana"].familyName',
    'title[value eq "x"]',
    '"title"',
    '/title',
    '/name/givenName',
    'emails/0',
    '__proto__',
    '__proto__.polluted',
    'emails[type eq "work"].__proto__',
    7,
    {},
    ['title'],
  ])
    it(`is refused: ${JSON.stringify(path)} [R-3.5.2-20 R-3.5.2-22 L-09]`, () => {
      for (const dialect of ['compatible', 'strict'] as const)
        expect(refusalOf(() => read([{ op: 'replace', path, value: 'x' }], dialect))).to.equal('invalidPath');
    });

  it('is refused by its filter', () => {
    for (const path of ['emails[foo eq "x"].value', 'emails[primary gt true].value', 'emails[type eq 7].value'])
      expect(refusalOf(() => read([{ op: 'replace', path, value: 'x' }]))).to.equal('invalidFilter');
  });

  it('that leads nowhere is overlooked, or refused [R-3.5.2-27]', () => {
    for (const path of ['shoeSize', 'name.shoe', 'emails[type eq "work"].shoe', 'urn:x:y:shoe', 'constructor']) {
      const { operations, ignored } = read([{ op: 'replace', path, value: 'x' }]);
      expect([operations, ignored]).to.deep.equal([[], [path.replace('work', '…')]]);
      expect(refusalOf(() => read([{ op: 'remove', path }], 'strict'))).to.equal('invalidPath');
      expect(refusalOf(() => read([{ op: 'add', path, value: 1 }], 'profile'))).to.equal('invalidSyntax');
    }
    expect(read([{ op: 'add', path: 'schemas', value: ['x'] }], 'strict').operations).to.deep.equal([]);
  });

  it('leads to nothing that the service owns [R-3.5.2-10 R-3.5.2-11]', () => {
    for (const path of [
      'id',
      'meta',
      'meta.created',
      'groups',
      'groups[value eq "x"]',
      `${ENTERPRISE}:manager.displayName`,
    ])
      for (const op of ['add', 'replace', 'remove'])
        expect(
          refusalOf(() => read([{ op, path, value: 'x' }])),
          path,
        ).to.equal('mutability');
    for (const path of ['members.display', 'members[value eq "a"].value', 'members.value'])
      expect(
        refusalOf(() => read([{ op: 'replace', path, value: 'x' }], 'compatible', Group)),
        path,
      ).to.equal('mutability');
  });

  it('in the profile is always there, and ends in a part behind a filter', () => {
    for (const path of [undefined, null, ''])
      expect(refusalOf(() => read([{ op: 'replace', path, value: { title: 'x' } }], 'profile'))).to.equal(
        'invalidSyntax',
      );
    expect(
      refusalOf(() => read([{ op: 'replace', path: 'emails[type eq "work"]', value: { value: 'x' } }], 'profile')),
    ).to.equal('invalidPath');
    expect(refusalOf(() => read([{ op: 'remove', path: 'members[value eq "x"]' }], 'profile', Group))).to.equal('none');
  });

  it('does nothing to what all objects inherit [R-3.5.2-29]', () => {
    for (const path of [`${CUSTOM}:__proto__`, `${CUSTOM}:desk.__proto__`, `${CUSTOM}:__proto__.polluted`]) {
      expect(
        refusalOf(() => read([{ op: 'add', path, value: 'x' }])),
        path,
      ).to.equal('invalidPath');
      expect(patched([{ op: 'add', value: { [path]: 'x' } }]), path).to.deep.equal(ANA);
    }
    expect(patched([{ op: 'add', path: `${CUSTOM}:password`, value: 'x' }])).to.deep.equal(ANA);
    expect(patched([{ op: 'add', path: `${CUSTOM}:constructor`, value: 'x' }])[CUSTOM]).to.include({
      constructor: 'x',
    });
    expect(({} as Record<string, unknown>)['polluted']).to.equal(undefined);
  });
});
