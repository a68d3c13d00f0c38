import { expect } from 'chai';
import { judgeEcho, judgeError, judgeGroup, judgeList, judgeUser } from '../../connector/simulator/judgement.ts';
import { CORE, type Payload } from '../../connector/simulator/payload.ts';
import { SCIM20 } from '../../connector/simulator/speech/scim-20.ts';

const meta = { created: '2026-01-31T09:00:00.000Z', lastModified: '2026-01-31T09:00:00.000Z' };
const user = { schemas: [CORE], id: '1', userName: 'jsmith', active: true, meta };
const group = { schemas: [CORE], id: '2', displayName: 'firstGroup', members: [], meta };
const list = { schemas: [CORE], totalResults: 1, startIndex: 1, itemsPerPage: 1, Resources: [user] };
const asked = { startIndex: 1, count: 200 };
const urn = 'urn:okta:onprem_app:1.0:user:custom';

const collect = (judge: (report: (finding: string) => void) => void): string[] => {
  const findings: string[] = [];
  judge((finding) => findings.push(finding));
  return findings;
};

const ofUser = (fault: Payload): string[] => collect((report) => judgeUser({ ...user, ...fault }, 'the user', report));
const ofGroup = (fault: Payload): string[] => collect((report) => judgeGroup({ ...group, ...fault }, 'it', report));
const ofList = (fault: Payload): string[] => collect((report) => judgeList({ ...list, ...fault }, asked, report));
const ofError = (text: string): string[] =>
  collect((report) => judgeError({ status: 404, headers: { 'content-type': 'text/html' }, text }, report));

describe("the agent's judgement", () => {
  it('finds nothing wrong with what Okta takes', () => {
    expect(ofUser({ schemas: [CORE, urn], [urn]: { isAdmin: true } })).to.deep.equal([]);
    expect(ofGroup({ members: [{ value: '1', display: 'jsmith' }] })).to.deep.equal([]);
    expect(ofList({})).to.deep.equal([]);
    expect(ofError('{"Errors":[{"description":"gone","code":"404"}],"detail":"gone"}')).to.deep.equal([]);
  });

  const faults: readonly (readonly [string, readonly string[], string])[] = [
    ['a password', ofUser({ password: 'secret' }), 'the user shows a password'],
    ['a key of no schema', ofUser({ shoeSize: 42 }), 'the user has the key "shoeSize", which newer parsers refuse'],
    ['a null', ofUser({ title: null }), 'the user.title is null, which older parsers read as the text "null"'],
    ['activity as text', ofUser({ active: 'true' }), 'the user.active is no boolean'],
    ['schemas as text', ofUser({ schemas: CORE }), 'the user.schemas is no list of URNs'],
    ['a block that is not declared', ofUser({ [urn]: {} }), `the user.schemas lacks ${urn}`],
    ['a URN without its block', ofUser({ schemas: [CORE, urn] }), `schemas names ${urn}, but there is no such block`],
    ['a date of no form', ofUser({ meta: { ...meta, created: '04-17-2020 00:00:00' } }), 'meta.created is no xsd'],
    ['an e-mail that is bare text', ofUser({ emails: ['a@b.c'] }), 'the user.emails[0] is no object'],
    ['members left out', ofGroup({ members: undefined }), 'it.members is missing'],
    ['a number as text', ofList({ startIndex: '1' }), "the list's startIndex is no JSON integer"],
    ['a list without resources', ofList({ Resources: undefined }), 'the list has no Resources'],
    ['a short page', ofList({ totalResults: 200 }), '1 Resources came where 200 were due'],
    ['a wrong count of the page', ofList({ itemsPerPage: 200 }), 'itemsPerPage is 200 with 1 Resources'],
    ['an error in HTML', ofError('<html></html>'), 'the error text of a 404 is no JSON but text/html'],
    ['an error of several lines', ofError('{\n}'), 'the error text of a 404 has several lines'],
    ['an error without detail', ofError('{"Errors":[{"description":"gone","code":404}]}'), 'has no detail'],
    ['an error of another code', ofError('{"Errors":[{"description":"","code":"500"}]}'), 'has the code 500'],
  ];

  for (const [what, findings, finding] of faults) {
    it(`finds ${what}`, () => {
      expect(findings.join('\n')).to.include(finding);
    });
  }

  it('is that of 2.0 where 2.0 is spoken', () => {
    const there = { ...user, schemas: [SCIM20.urns.user], meta: { ...meta, resourceType: 'User' } };
    const found = (fault: Payload): string[] =>
      collect((report) => judgeUser({ ...there, ...fault }, 'it', report, SCIM20));
    expect(found({ groups: [{ value: '1', $ref: 'https://x.test/Groups/1' }] })).to.deep.equal([]);
    expect(found({ schemas: [CORE] })).to.include(`it.schemas lacks ${SCIM20.urns.user}`);
    const own = 'urn:acme:scim:schemas:extension:hr:1.0:User';
    const listed = [SCIM20.urns.user, own];
    expect(found({ schemas: listed, [own]: { badge: '7' } }), 'extensions are learnt').to.deep.equal([]);
    expect(found({ schemas: listed })).to.deep.equal([`it.schemas names ${own}, but there is no such block`]);
    expect(ofUser({ schemas: [CORE, own], [own]: {} })).to.deep.equal([
      `the user.schemas names ${own}, which Okta does not know`,
    ]);
    expect(found({ meta })).to.deep.equal(['it.meta.resourceType is no text']);
    const told = (body: object): string[] =>
      collect((report) => judgeError({ status: 409, headers: {}, text: JSON.stringify(body) }, report, SCIM20));
    const schemas = ['urn:ietf:params:scim:api:messages:2.0:Error'];
    expect(told({ schemas, status: '409', detail: 'taken' })).to.deep.equal([]);
    expect(told({ schemas, status: 409, detail: 'taken' })).to.deep.equal([
      'the error text of a 409 has the status 409',
    ]);
    expect(told({ Errors: [{ description: 'taken', code: '409' }], detail: 'taken' })).to.have.length(2);
  });

  it('compares what came back with what was sent, plural values in any order', () => {
    const sent = { userName: 'a', password: 'p', emails: [{ value: 'x' }, { value: 'y' }], [urn]: { level: 3 } };
    const back = { userName: 'a', emails: [{ value: 'y' }, { value: 'x' }], [urn]: { level: 3, more: true } };
    expect(collect((report) => judgeEcho(sent, back, report))).to.deep.equal([]);
    const lost = { ...back, [urn]: { level: '3' }, emails: [] };
    expect(collect((report) => judgeEcho(sent, lost, report))).to.deep.equal([
      'emails was sent as [{"value":"x"},{"value":"y"}] and came back as []',
      `${urn} was sent as {"level":3} and came back as {"level":"3"}`,
    ]);
  });
});
