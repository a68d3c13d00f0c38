import { expect } from 'chai';
import type { Filter } from '../../../connector/scim/filter/ast.ts';
import { SCIM20 } from '../../../connector/scim/filter/grammar.ts';
import { matches } from '../../../connector/scim/filter/matches.ts';
import type { Attributes } from '../../../connector/scim/resource.ts';
import { type BoundPath, formatBoundPath } from '../../../connector/scim/schema/resource-type.ts';
import { compile } from '../../conformance/company.ts';
import { ExactUser } from '../../conformance/exact-view.ts';
import { User } from '../../conformance/people.ts';
import { writtenAs } from './written.ts';

const meta = { created: '2026-01-01T00:00:00.000Z', lastModified: '2026-01-02T00:00:00.000Z', version: '7' };
const holds = (text: string, attributes: Attributes = {}, type = User): boolean =>
  matches(compile(type, text, SCIM20))({ id: 'A1b2', meta, attributes: { userName: 'Ann', ...attributes } });

const emails = [
  { value: 'ann@x.org', type: 'work', primary: true },
  { value: 'a@home.org', type: 'home' },
];

/** RFC 7644 §3.4.2.2, where it leaves something open as written in the decisions. */
describe('the meaning of a filter of SCIM 2.0', () => {
  it('finds ends', () => {
    expect(holds('userName ew "NN"')).to.equal(true);
    expect(holds('userName ew "an"')).to.equal(false);
    expect(holds('userName ew ""')).to.equal(true);
    expect(holds('title ew ""')).to.equal(false);
  });

  it('takes not for the contrary, also of what is absent', () => {
    expect(holds('title ne "x"')).to.equal(true);
    expect(holds('title ne "x"', { title: 'X' })).to.equal(false);
    expect(holds('not (title gt "a")')).to.equal(true);
    expect(holds('title eq null')).to.equal(true);
    expect(holds('title ne null')).to.equal(false);
    expect(holds('active ne true', { active: false })).to.equal(true);
  });

  it('takes ne on a list for: no element equals', () => {
    expect(holds('emails ne "ann@x.org"', { emails })).to.equal(false);
    expect(holds('emails ne "other@x.org"', { emails })).to.equal(true);
    expect(holds('emails.type ne "work"', { emails })).to.equal(false);
    expect(holds('emails ne "ann@x.org"')).to.equal(true);
  });

  it('asks one element for all that stands in brackets', () => {
    const apart = 'emails.type eq "home" and emails.value eq "ann@x.org"';
    expect(holds(apart, { emails })).to.equal(true);
    expect(holds('emails[type eq "home" and value eq "ann@x.org"]', { emails })).to.equal(false);
    expect(holds('emails[type eq "work" and value eq "ANN@x.org"]', { emails })).to.equal(true);
    expect(holds('emails[type eq "work"].value eq "ann@x.org"', { emails })).to.equal(true);
    expect(holds('emails[type eq "home"].value eq "ann@x.org"', { emails })).to.equal(false);
    expect(holds('emails[type eq "home" and primary ne true]', { emails })).to.equal(true);
    expect(holds('emails[type eq "work" and not (primary eq true)]', { emails })).to.equal(false);
    expect(holds('emails[not (type eq "work")]', { emails })).to.equal(true);
    expect(holds('emails[not (type eq "work")]')).to.equal(false);
    expect(holds('emails[type eq "work"].value ne "ann@x.org"', { emails })).to.equal(false);
    expect(holds('emails[type eq "work"].value ne "ann@x.org"')).to.equal(true);
    expect(holds('name[familyName eq "B" and givenName pr]', { name: { familyName: 'b', givenName: 'a' } })).to.equal(
      true,
    );
    expect(holds('name[not (familyName eq "B")]')).to.equal(false);
  });

  it('compares ids letter by letter where the view says so', () => {
    expect(holds('externalId eq "abc"', { externalId: 'ABC' })).to.equal(true);
    expect(holds('externalId eq "abc"', { externalId: 'ABC' }, ExactUser)).to.equal(false);
    expect(holds('externalId ne "abc"', { externalId: 'ABC' }, ExactUser)).to.equal(true);
    expect(holds('id eq "a1b2"', {}, ExactUser)).to.equal(false);
    expect(holds('userName eq "ANN"', {}, ExactUser)).to.equal(true);
  });
});

/** What an index may be found for. */
describe('brackets in their simplest form', () => {
  const shown = (filter: Filter<BoundPath>): string => writtenAs(filter, formatBoundPath, ({ sub }) => sub?.name ?? '');

  for (const [text, simple] of [
    ['emails[value eq "x"]', 'emails.value eq "x"'],
    ['emails[value pr]', 'emails.value pr'],
    ['emails[value eq "x" or type eq "y"]', '(emails.value eq "x" or emails.type eq "y")'],
    ['emails[type eq "y" and value eq "x"]', 'emails[(type eq "y" and value eq "x")]'],
    ['emails[type eq "y"].value eq "x"', 'emails[(type eq "y" and value eq "x")]'],
    ['emails[not (value eq "x")]', 'emails[not (value eq "x")]'],
    ['name[givenName eq "x"]', '(name pr and name.givenName eq "x")'],
    ['not (not (title pr))', 'title pr'],
    ['title ne null', 'title pr'],
  ] as const) {
    it(`${text} is ${simple}`, () => {
      expect(shown(compile(User, text, SCIM20))).to.equal(simple);
    });
  }
});
