import { expect } from 'chai';
import { ScimError } from '../../../connector/scim/error.ts';
import type { Filter } from '../../../connector/scim/filter/ast.ts';
import { bindFilter, bindSimple } from '../../../connector/scim/filter/bind.ts';
import { parseFilter } from '../../../connector/scim/filter/parse.ts';
import { parsePath } from '../../../connector/scim/path.ts';
import { type BoundPath, formatBoundPath, resourceTypes } from '../../../connector/scim/schema/resource-type.ts';

const { User, Group } = resourceTypes({
  app: 'acme',
  users: [
    { name: 'size', type: 'integer' },
    { name: 'hired', type: 'datetime' },
  ],
  groups: [],
});
const PREFIX = 'https://idm.example.com/scim/v1/Users/';
const ENTERPRISE = 'urn:scim:schemas:extension:enterprise:1.0';
const CUSTOM = 'urn:okta:acme:1.0:user:custom';

const bind = (text: string, type = User): Filter<BoundPath> => bindFilter(type, parseFilter(text), PREFIX);

/** `path op value` of a filter that is one comparison. */
function bound(text: string, type = User): readonly unknown[] {
  const filter = bind(text, type);
  if (filter.kind === 'compare') return [formatBoundPath(filter.path), filter.op, filter.value];
  if (filter.kind === 'present') return [formatBoundPath(filter.path), 'pr'];
  return 'filters' in filter ? [filter.kind, filter.filters.length] : [filter.kind];
}

/** SCIM 1.1 API §3.2.2.1; Core §6.1. */
describe('bindFilter', () => {
  for (const [text, ...expected] of [
    ['USERNAME eq "x"', 'userName', 'eq', 'x'],
    ['URN:scim:schemas:core:1.0:Name.GIVENNAME eq "x"', 'name.givenName', 'eq', 'x'],
    ['emails co "x"', 'emails.value', 'co', 'x'],
    ['emails pr', 'emails', 'pr'],
    ['name pr', 'name', 'pr'],
    ['active eq "TRUE"', 'active', 'eq', true],
    ['x509Certificates eq "TU lJ"', 'x509Certificates.value', 'eq', 'TUlJ'],
    ['meta.created gt "1970-01-01T00:00:01+01:00"', 'meta.created', 'gt', -3_599_000],
    ['meta.version eq "W/\\"7\\""', 'meta.version', 'eq', '7'],
    ['meta.version eq "7"', 'meta.version', 'eq', '7'],
    [`${ENTERPRISE}:Manager.managerid eq "x"`, `${ENTERPRISE}:manager.managerId`, 'eq', 'x'],
    [`${CUSTOM}:SIZE ge 5`, `${CUSTOM}:size`, 'ge', 5],
    [`${CUSTOM}:hired lt "1970-01-01T00:00:00Z"`, `${CUSTOM}:hired`, 'lt', 0],
    [`${CUSTOM}:anything.part eq 5`, `${CUSTOM}:anything.part`, 'eq', 5],
    ['urn:okta:other:1.0:user:size eq 5', 'urn:okta:other:1.0:user:size', 'eq', 5],
    [`meta.location eq "${PREFIX}7"`, 'id', 'eq', '7'],
    [`meta.location sw "${PREFIX}7"`, 'id', 'sw', '7'],
    ['meta.location sw "https://idm"', 'id', 'pr'],
    ['meta.location sw "idm"', 'or', 0],
    ['meta.location co "/Users/"', 'id', 'pr'],
    ['meta.location co "7"', 'id', 'co', '7'],
    ['meta.location pr', 'id', 'pr'],
    ['meta.location eq "https://elsewhere/7"', 'or', 0],
  ] as const) {
    it(`reads ${text}`, () => {
      expect(bound(text)).to.deep.equal(expected);
    });
  }

  it('asks the schema of the type at hand', () => {
    expect(bound('members eq "x"', Group)).to.deep.equal(['members.value', 'eq', 'x']);
    expect(() => bind('members eq "x"')).to.throw(ScimError, 'filter: User has no attribute "members"');
    expect(() => bind('userName eq "x"', Group)).to.throw(ScimError, 'filter: Group has no attribute "userName"');
  });

  for (const [text, message] of [
    ['name eq "x"', /^filter: name is complex; name a part of it: name\.formatted, name\.familyName/],
    ['meta eq "x"', /^filter: meta is complex/],
    ['addresses eq "x"', /^filter: addresses is complex; name a part of it: addresses\.formatted/],
    ['password pr', /^filter: password cannot be searched or sorted by/],
    ['active ge true', /^filter: the operator "ge" is not supported for active, a boolean/],
    ['active eq "yes \\"sir\\""', /^filter: active eq needs true or false, found "yes 'sir'"/],
    ['userName eq 5', /^filter: userName eq needs text in double quotes, found "5"/],
    ['meta.created eq 5', /^filter: meta\.created eq needs a date-time such as/],
    ['meta.created co "2011"', /^filter: the operator "co" is not supported for meta\.created, a datetime/],
    ['x509Certificates sw "TU"', /^filter: the operator "sw" is not supported for x509Certificates\.value, a binary/],
    ['meta.location gt "x"', /^filter: meta\.location cannot be compared by order/],
    [`${CUSTOM}:size co "5"`, /^filter: the operator "co" is not supported/],
    [`${CUSTOM}:size eq "5"`, /^filter: .*:size eq needs a number/],
    [`${CUSTOM}:open gt true`, /^filter: the operator "gt" is not supported/],
  ] as const) {
    it(`refuses ${text}`, () => {
      expect(() => bind(text)).to.throw(ScimError, message);
    });
  }

  it('binds every part of a tree', () => {
    const filter = bind('(emails pr or title pr) and active eq true');
    expect(filter).to.have.property('kind', 'and');
    expect(() => bind('title pr and (emails pr or nonsense pr)')).to.throw(ScimError, 'no attribute "nonsense"');
  });

  it('names the use of a path that is no filter', () => {
    const path = parsePath('name');
    expect(() => path && bindSimple(User, path, 'sortBy')).to.throw(ScimError, /^sortBy: name is complex/);
  });
});
