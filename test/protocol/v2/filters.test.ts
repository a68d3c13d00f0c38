import { expect } from 'chai';
import { scim20 } from '../../../connector/protocol/v2/scim20.ts';
import { ScimError } from '../../../connector/scim/error.ts';
import type { Filter } from '../../../connector/scim/filter/ast.ts';
import { matches } from '../../../connector/scim/filter/matches.ts';
import type { Resource } from '../../../connector/scim/resource.ts';
import { oktaUserUrn } from '../../../connector/scim/schema/custom.ts';
import { ENTERPRISE_SCHEMA } from '../../../connector/scim/schema/names.ts';
import { type BoundPath, resourceTypes, type TypeName } from '../../../connector/scim/schema/resource-type.ts';

const BASE = 'https://idm.example.com/scim/v2';
const types = scim20.view(resourceTypes());
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const CORE = 'urn:ietf:params:scim:schemas:core:2.0:User';
const OPEN = oktaUserUrn('other');

function read(filter: string, type: TypeName = 'User'): Filter<BoundPath> {
  const rules = { filter: true, sort: true, incrementalOverlap: 0 };
  const { query } = scim20.decodeList(types[type], new Map([['filter', filter]]), BASE, rules);
  // No filter is left of what is true for everybody.
  return query.filter ?? { kind: 'and', filters: [] };
}

const meta = { created: '2026-01-01T00:00:00.000Z', lastModified: '2026-01-02T00:00:00.000Z', version: '7' };
const ann: Resource = {
  id: 'A1',
  meta,
  attributes: {
    userName: 'ann',
    externalId: 'ABC',
    emails: [{ value: 'ann@x.org', type: 'work' }],
    [ENTERPRISE_SCHEMA]: { employeeNumber: '7', manager: { managerId: 'B2' } },
    [OPEN]: { shoe: 42 },
  },
};
const bare: Resource = { id: 'B2', meta, attributes: { userName: 'bare' } };

/** RFC 7644 §3.4.2.2, as a client sends it. */
describe('filters of a SCIM 2.0 request', () => {
  for (const text of [
    `${CORE}:userName eq "ANN"`,
    `${CORE}:emails[type eq "work"].value eq "ann@x.org"`,
    `${ENTERPRISE}:manager.value eq "B2"`,
    `${ENTERPRISE}:manager[value eq "B2"]`,
    'manager eq "B2"',
    'id eq "A1" and manager eq "B2"',
    'manager.value eq "B2"',
    'employeeNumber eq "7"',
    'email eq "ann@x.org"',
    'externalId eq "ABC"',
    `schemas eq "${ENTERPRISE.toUpperCase()}"`,
    `schemas eq "${OPEN}"`,
    `meta.location eq "${BASE}/Users/A1"`,
    'emails ne "other@x.org" and title eq null and manager pr',
  ]) {
    it(`finds Ann alone by ${text}`, () => {
      expect([ann, bare].filter(matches(read(text)))).to.deep.equal([ann]);
    });
  }

  for (const [text, found] of [
    [`schemas eq "${CORE}"`, 2],
    [`schemas ne "${ENTERPRISE}"`, 1],
    ['schemas eq "urn:ietf:params:scim:schemas:core:2.0:Group"', 0],
    ['schemas eq "urn:example:unknown"', 0],
    ['meta.resourceType eq "User"', 2],
    ['meta.resourceType eq "Group"', 0],
    ['meta[resourceType eq "User" and created gt "2020-01-01T00:00:00Z"]', 2],
    ['meta[resourceType ne "User"]', 0],
    ['externalId eq "abc"', 0],
    ['id eq "a1"', 0],
    ['meta.version eq "W/\\"7\\""', 2],
  ] as const) {
    it(`finds ${found} by ${text}`, () => {
      expect([ann, bare].filter(matches(read(text)))).to.have.length(found);
    });
  }

  for (const [text, message] of [
    ['schemas sw "urn:"', 'filter: schemas is compared by eq or ne, with a whole URN'],
    ['userNme eq "x"', 'filter: User has no attribute "userNme"; did you mean userName?'],
    ['emails[typ eq "work"]', 'filter: User has no attribute "emails.typ"; did you mean emails.type?'],
    ['employeNumber eq "7"', 'filter: User has no attribute "employeNumber"; did you mean employeeNumber?'],
    ['not (titel pr)', 'filter: User has no attribute "titel"; did you mean title?'],
    ['id pr or x eq "x"', /no attribute "x"$/],
    ['skills eq "x"', 'filter: User has no attribute "skills"'],
    ['title[value eq "x"]', 'filter: title has no parts, so no [ ]'],
    ['emails[street eq "x"]', 'filter: User has no attribute "emails.street"'],
    ['name eq "x"', 'filter: name is complex; name a part of it'],
    ['password eq "x"', 'filter: password cannot be searched or sorted by'],
    ['active ge true', 'filter: the operator "ge" is not supported for active, a boolean'],
    ['active ew "e"', 'filter: the operator "ew" is not supported for active, a boolean'],
    ['meta.created ew "Z"', 'filter: the operator "ew" is not supported for meta.created, a datetime'],
    ['x509Certificates ge "x"', 'filter: the operator "ge" is not supported for x509Certificates.value, a binary'],
  ] as const) {
    it(`refuses ${text}`, () => {
      expect(() => read(text)).to.throw(ScimError, message);
    });
  }

  it('names attributes in its own words', () => {
    const refusal = (text: string): string => {
      try {
        read(text);
      } catch (error) {
        const { reason, message } = error as ScimError;
        return String(scim20.encodeError({ status: 400, reason, message, reference: 'X' })['detail']);
      }
      return '';
    };
    expect(refusal('employeeNumber eq 7')).to.contain(`${ENTERPRISE}:employeeNumber eq needs text in double quotes`);
    expect(refusal(`${ENTERPRISE}:manager co true`)).to.match(/:manager\.value co needs text/);
  });
});
