import { expect } from 'chai';
import { personFaults } from '../../../connector/operations/preview/person-faults.ts';

const ANN = {
  id: '1',
  userName: 'ann@example.com',
  name: { givenName: 'Ann', familyName: 'Lee' },
  emails: [{ value: 'ann@example.com', type: 'primary', primary: true }],
};
const email = (value: string, more: object = {}): object => ({ value, type: 'primary', primary: true, ...more });
const kinds = (more: object): readonly string[] => [...personFaults({ ...ANN, ...more })].map(({ kind }) => kind);

describe('what Okta finds wrong with a person', () => {
  it('is nothing with one who is whole', () => {
    expect([...personFaults(ANN)]).to.deep.equal([]);
    // Without a mark the first address is meant.
    expect(kinds({ emails: [{ value: 'ann@example.com', type: 'work' }] })).to.deep.equal([]);
  });

  for (const [what, more, found] of [
    ['no userName', { userName: ' ' }, 'no userName'],
    ['no given name', { name: { familyName: 'Lee' } }, 'no given name'],
    ['no family name', { name: { givenName: 'Ann' } }, 'no family name'],
    ['no e-mail', { emails: [] }, 'no e-mail'],
    ['an e-mail without a domain', { emails: [email('ann')] }, 'bad e-mail'],
    ['a blank in an e-mail', { emails: [email('ann lee@example.com')] }, 'bad e-mail'],
    ['a domain without a dot', { emails: [email('ann@example')] }, 'bad e-mail'],
    ['two at signs', { emails: [email('ann@lee@example.com')] }, 'bad e-mail'],
    [
      'a second address that is none',
      { emails: [email('a@b.cd'), { value: 'none', type: 'secondary' }] },
      'bad e-mail',
    ],
    ['two primary addresses', { emails: [email('a@b.cd'), email('c@d.ef')] }, 'several primary e-mails'],
    ['101 characters in a userName', { userName: 'x'.repeat(101) }, 'too long'],
    ['51 in a given name', { name: { givenName: 'x'.repeat(51), familyName: 'Lee' } }, 'too long'],
    ['101 in an e-mail', { emails: [email(`${'x'.repeat(96)}@b.cd`)] }, 'too long'],
  ] as const)
    it(`is ${found} with ${what}`, () => expect(kinds(more)).to.deep.equal([found]));

  it('counts characters and not their halves', () => {
    expect(kinds({ name: { givenName: '😀'.repeat(50), familyName: 'Lee' } })).to.deep.equal([]);
    expect(kinds({ name: { givenName: '😀'.repeat(51), familyName: 'Lee' } })).to.deep.equal(['too long']);
  });
});
