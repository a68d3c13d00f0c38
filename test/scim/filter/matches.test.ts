import { expect } from 'chai';
import fc from 'fast-check';
import { matches } from '../../../connector/scim/filter/matches.ts';
import type { Attributes, Resource } from '../../../connector/scim/resource.ts';
import { compareText, fold } from '../../../connector/scim/text.ts';
import { compile } from '../../conformance/company.ts';
import { CUSTOM_URN, OPEN_URN, User } from '../../conformance/people.ts';

const resource = (attributes: Attributes): Resource => ({
  id: 'A1b2',
  meta: { created: '2026-01-01T00:00:00.000Z', lastModified: '2026-01-02T00:00:00.000Z', version: '7' },
  attributes: { userName: 'Ann', ...attributes },
});

const holds = (text: string, attributes: Attributes = {}): boolean =>
  matches(compile(User, text))(resource(attributes));

const custom = (value: Attributes): Attributes => ({ [CUSTOM_URN]: value });
const open = (value: Attributes): Attributes => ({ [OPEN_URN]: value });

describe('the meaning of a filter', () => {
  it('ignores the case of text, unless the attribute is case-exact', () => {
    expect(holds('userName eq "aNN"')).to.equal(true);
    expect(holds('id eq "a1B2"')).to.equal(true);
    expect(holds(`${CUSTOM_URN}:code eq "ABC"`, custom({ code: 'abc' }))).to.equal(false);
    expect(holds(`${CUSTOM_URN}:code eq "abc"`, custom({ code: 'abc' }))).to.equal(true);
  });

  it('folds by Unicode and by no locale: İ is not i, ß is not ss', () => {
    expect(holds('title eq "STRAßE"', { title: 'straße' })).to.equal(true);
    expect(holds('title eq "STRASSE"', { title: 'straße' })).to.equal(false);
    expect(holds('title eq "i"', { title: 'İ' })).to.equal(false);
    expect(holds('title eq "i"', { title: 'I' })).to.equal(true);
  });

  it('takes wildcards and quotes for what they are', () => {
    expect(holds('title co "%"', { title: 'abc' })).to.equal(false);
    expect(holds('title sw "a_"', { title: 'abc' })).to.equal(false);
    expect(holds(`title co "'"`, { title: "O'Brien" })).to.equal(true);
  });

  it('holds when any value of a plural passes, each expression by itself', () => {
    const emails = [
      { value: 'a@x.org', type: 'work' },
      { value: 'b@y.org', type: 'home' },
    ];
    expect(holds('emails eq "B@y.org"', { emails })).to.equal(true);
    expect(holds('emails.type eq "work" and emails.value eq "b@y.org"', { emails })).to.equal(true);
    expect(holds('emails.type eq "other"', { emails })).to.equal(false);
  });

  it('is false of what is absent, whatever the operator', () => {
    for (const op of ['eq', 'co', 'sw', 'gt', 'ge', 'lt', 'le']) expect(holds(`title ${op} ""`)).to.equal(false);
    expect(holds('title pr')).to.equal(false);
    expect(holds('name pr')).to.equal(false);
    expect(holds('name.givenName pr', { name: { familyName: 'x' } })).to.equal(false);
    expect(holds('name pr', { name: { familyName: 'x' } })).to.equal(true);
  });

  it('compares datetimes as instants', () => {
    expect(holds('meta.created eq "2026-01-01T02:00:00+02:00"')).to.equal(true);
    expect(holds('meta.lastModified gt "2026-01-02T00:00:00Z"')).to.equal(false);
    expect(holds('meta.lastModified ge "2026-01-02T00:00:00Z"')).to.equal(true);
    expect(
      holds(`${CUSTOM_URN}:hired lt "2020-01-01T00:00:00Z"`, custom({ hired: '2020-01-01T00:30:00+01:00' })),
    ).to.equal(true);
  });

  it('keeps types apart where nobody declared one', () => {
    expect(holds(`${OPEN_URN}:x eq 1`, open({ x: true }))).to.equal(false);
    expect(holds(`${OPEN_URN}:x eq "1"`, open({ x: 1 }))).to.equal(false);
    expect(holds(`${OPEN_URN}:x eq 1`, open({ x: 1 }))).to.equal(true);
    expect(holds(`${OPEN_URN}:x eq true`, open({ x: 'true' }))).to.equal(false);
    expect(holds(`${OPEN_URN}:x gt 1`, open({ x: ['a', 2] }))).to.equal(true);
  });

  it('knows no attribute that an object merely inherits', () => {
    for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      expect(holds(`${OPEN_URN}:${name} pr`, open({ x: 1 })), name).to.equal(false);
      expect(holds(`${OPEN_URN}:x.${name} pr`, open({ x: { y: 1 } })), name).to.equal(false);
    }
  });

  it('finds the location everywhere', () => {
    expect(holds('meta.location pr')).to.equal(true);
    expect(holds('meta.location eq "/A1b2"')).to.equal(true);
  });

  it('binds and tighter than or', () => {
    expect(holds('userName eq "ann" or title pr and title pr')).to.equal(true);
    expect(holds('(userName eq "ann" or title pr) and title pr')).to.equal(false);
  });
});

describe('order of text', () => {
  it('is that of its UTF-8 bytes', () => {
    const text = fc.string({ unit: 'binary', maxLength: 6 });
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(Math.sign(compareText(a, b))).to.equal(Buffer.compare(Buffer.from(a), Buffer.from(b)));
      }),
    );
    expect(compareText('\uffee', '\u{10000}')).to.be.below(0);
    expect(compareText('a', 'ab')).to.be.below(0);
  });

  it('folds without a locale', () => {
    expect(fold('İI')).to.equal('i̇i');
  });
});
