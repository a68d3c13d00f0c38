import { expect } from 'chai';
import type { Dialect, PatchOperation } from '../../connector/scim/patch-operation.ts';
import type { Complex } from '../../connector/scim/resource.ts';
import { User } from '../conformance/people.ts';
import { refusalOf } from '../protocol/v2/patching.ts';
import { list, Operations, operated } from './operations.ts';

const user = new Operations(User);
const FIRST = { value: 'w@a.org', type: 'primary', primary: true };
const SECOND = { value: 'h@a.org', type: 'secondary' };

/** As a directory that knows addresses by these words and no others. */
const keepsType = (_: unknown, label: string): boolean => ['primary', 'secondary', 'mobile'].includes(label);

const emailsAfter = (operation: PatchOperation, emails: readonly Complex[], dialect?: Dialect): unknown =>
  operated(User, { userName: 'u', emails }, list([operation], dialect), keepsType)['emails'];

/** Whoever replaces one address again and again shall not leave a trail of them. */
describe('types that the store has no word for', () => {
  const replace = (type: string): PatchOperation => user.replace('emails.value', 'x@a.org', `emails.type eq "${type}"`);

  it('mean what stands in their place: the first of the standard the first', () => {
    expect(emailsAfter(replace('work'), [FIRST, SECOND])).to.deep.equal([{ ...FIRST, value: 'x@a.org' }, SECOND]);
    expect(emailsAfter(replace('Home'), [FIRST, SECOND])).to.deep.equal([FIRST, { ...SECOND, value: 'x@a.org' }]);
    const gone = user.remove('emails.value', 'emails.type eq "work"');
    expect(emailsAfter(gone, [FIRST, SECOND])).to.deep.equal([SECOND]);
  });

  it('make a new value where nothing stands there, or they are in no standard', () => {
    const made = { value: 'x@a.org', type: 'home' };
    expect(emailsAfter(replace('home'), [FIRST])).to.deep.equal([FIRST, made]);
    expect(emailsAfter(replace('untyped'), [FIRST])).to.deep.equal([FIRST, { ...made, type: 'untyped' }]);
    expect(emailsAfter(replace('secondary'), [FIRST])).to.deep.equal([FIRST, { ...made, type: 'secondary' }]);
    const both = user.replace('emails.display', 'X', 'emails.type eq "work" and emails.value eq "n@a.org"');
    expect(emailsAfter(both, [FIRST])).to.deep.equal([FIRST, { type: 'work', value: 'n@a.org', display: 'X' }]);
  });

  it('are no match by the letter of the standard', () => {
    for (const dialect of ['strict', 'profile'] as const)
      expect(refusalOf(() => emailsAfter(replace('work'), [FIRST], dialect))).to.equal('noTarget');
  });
});
