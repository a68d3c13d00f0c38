import { expect } from 'chai';
import { bindFilter } from '../../connector/scim/filter/bind.ts';
import { SCIM20 } from '../../connector/scim/filter/grammar.ts';
import { parseFilter } from '../../connector/scim/filter/parse.ts';
import type { Complex } from '../../connector/scim/resource.ts';
import { type AsKept, inStoreWords } from '../../connector/service/store-words.ts';
import { User } from '../conformance/people.ts';

const bound = (text: string) => bindFilter(User, parseFilter(text, SCIM20), '');

/** As a directory that shows addresses in its own words, in the order in which they come. */
const inOrder: AsKept = ({ emails = [], ...rest }) => ({
  ...rest,
  emails: (emails as readonly Complex[]).map((one, i) => ({
    ...one,
    type: ['primary', 'secondary', 'other'][i] ?? '',
  })),
});
const asTheyCome: AsKept = (attributes) => attributes;

/** Entra matches people by `emails[type eq "work"].value`. */
describe('a filter of elements in the words of the store', () => {
  it('names the type that stands for the one that was asked for', () => {
    const asked = bound('not (emails[type eq "work" and value eq "a"] or emails[type eq "Home"])');
    const meant = bound('not (emails[type eq "primary" and value eq "a"] or emails[type eq "secondary"])');
    expect(inStoreWords(inOrder, asked)).to.deep.equal(meant);
  });

  it('stays where the store has the word, or no standard has it', () => {
    const kept = bound('emails[type eq "work" and value eq "a"]');
    expect(inStoreWords(asTheyCome, kept)).to.deep.equal(kept);
    for (const text of ['emails[type eq "untyped"]', 'emails[type sw "work"]', 'groups.type eq "direct"'])
      expect(inStoreWords(inOrder, bound(text)), text).to.deep.equal(bound(text));
  });
});
