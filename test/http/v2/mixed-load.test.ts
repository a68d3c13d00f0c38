import { expect } from 'chai';
import { HttpClient } from '../../support/http-client.ts';
import { PATCH_OP, USER } from '../../support/scim20.ts';
import { type Speaker, startServer, stores, type TestServer } from '../../support/start-server.ts';

const V1 = 'urn:scim:schemas:core:1.0';
const REQUESTS = 10_000;
const CONNECTIONS = 16;

/** By the version that was spoken to: the media type, and what each URN in the answer begins with. */
const SHAPES = {
  '1.1': { type: 'application/json', urn: /^urn:(scim|okta):/, location: '/scim/v1/' },
  '2.0': { type: 'application/scim+json', urn: /^urn:(ietf:params:scim|okta):/, location: '/scim/v2/' },
} as const;

type Version = keyof typeof SHAPES;

interface Sent {
  readonly verb: string;
  readonly path: string;
  readonly body?: object;
}

/** What a client of each version asks for in turn, of a person of its own and of one that all know. */
function asked(version: Version, own: string, known: string, i: number): Sent {
  const name = `person${own}`;
  const schemas = version === '1.1' ? [V1] : [USER];
  const change = { schemas: [PATCH_OP], Operations: [{ op: 'replace', path: 'title', value: `T${i}` }] };
  const turns: readonly Sent[] = [
    { verb: 'GET', path: `/Users/${known}` },
    { verb: 'GET', path: '/Users?startIndex=1&count=3' },
    { verb: 'PUT', path: `/Users/${own}`, body: { schemas, userName: name, nickName: `N${i}` } },
    { verb: 'GET', path: `/Users?filter=userName%20eq%20%22${name}%22` },
    { verb: 'PATCH', path: `/Users/${own}`, body: version === '1.1' ? { schemas, title: `T${i}` } : change },
    { verb: 'GET', path: '/Users/nobody' },
    { verb: 'POST', path: '/Users', body: { schemas, userName: 'known' } },
    { verb: 'GET', path: '/Users?filter=nonsense' },
    { verb: 'GET', path: version === '1.1' ? '/ServiceProviderConfigs' : '/ServiceProviderConfig' },
    { verb: 'DELETE', path: '/Groups/nobody' },
  ];
  return turns[i % turns.length] as Sent;
}

/** Why an answer is not of the version; nothing when it is. */
function wrong(version: Version, type: string, text: string): string | undefined {
  const { urn, location, type: wanted } = SHAPES[version];
  if (!type.startsWith(wanted)) return type;
  const urns = text.match(/"urn:[^"]+"/g) ?? [];
  const foreign = urns.find((one) => !urn.test(one.slice(1)));
  const places = text.match(/\/scim\/v\d\//g) ?? [];
  return foreign ?? places.find((one) => one !== location);
}

for (const store of stores) {
  describe(`both versions of SCIM at once (${store})`, () => {
    let server: TestServer;
    let speakers: Readonly<Record<Version, Speaker>>;

    before(async () => {
      server = await startServer({ store, policy: { createAgain: 'conflict' } });
      speakers = { '1.1': server.speaking('1.1'), '2.0': server.speaking('2.0') };
    });
    after(() => server.close());

    it(`answer ${REQUESTS} requests each in its own words [R-3.13-03]`, async function () {
      this.timeout(300_000);
      const made = async (userName: string): Promise<string> =>
        (await speakers['2.0'].request('POST', '/Users', { schemas: [USER], userName })).body.id;
      const known = await made('known');
      const failures: string[] = [];
      const statuses = new Map<number, number>();
      let left = REQUESTS;
      const work = async (): Promise<void> => {
        const http = new HttpClient();
        const own = await made(`own${left--}`);
        try {
          for (let i = left; left > 0; i = left) {
            left -= 1;
            const version: Version = (i * 7919) % 13 < 6 ? '1.1' : '2.0';
            const { verb, path, body } = asked(version, own, known, i);
            const text = body === undefined ? undefined : JSON.stringify(body);
            const reply = await http.send(verb, speakers[version].url + path, {}, text);
            statuses.set(reply.status, (statuses.get(reply.status) ?? 0) + 1);
            const why = wrong(version, String(reply.headers['content-type']), reply.text);
            if (why !== undefined) failures.push(`${version} ${verb} ${path}: ${why}`);
          }
        } finally {
          http.close();
        }
      };
      await Promise.all(Array.from({ length: CONNECTIONS }, work));
      expect(failures).to.deep.equal([]);
      expect([...statuses.keys()].sort()).to.deep.equal([200, 400, 404, 409]);
    });

    for (const [first, second] of [
      ['1.1', '2.0'],
      ['2.0', '1.1'],
    ] as const)
      it(`are one person: made in ${first}, read, changed and deleted in ${second} [K-3.1-04 R-3.14-04 K-2.3.8-02]`, async () => {
        const [one, other] = [speakers[first], speakers[second]];
        const schemas = first === '1.1' ? [V1] : [USER];
        const person = { emails: [{ type: 'work', value: 'ana@x.org' }], userName: `by ${first}`, schemas };
        const made = (await one.request('POST', '/Users', person)).body;
        const path = `/Users/${made.id}`;
        const read = (await other.request('GET', path)).body;
        expect(read).to.deep.include({ id: made.id, userName: made.userName, emails: made.emails });
        expect(read.meta.version).to.equal(made.meta.version);
        const idle = await other.request('PUT', path, read, { 'If-Match': made.meta.version });
        expect([idle.status, idle.body.meta.version]).to.deep.equal([200, made.meta.version]);
        const put = await other.request('PUT', path, { ...read, title: 'Chief' });
        const seen = (await one.request('GET', path)).body;
        expect([seen.title, seen.meta.version]).to.deep.equal(['Chief', put.body.meta.version]);
        const change = { schemas: [PATCH_OP], Operations: [{ op: 'replace', path: 'title', value: 'Boss' }] };
        const patch = second === '1.1' ? { schemas: [V1], title: 'Boss' } : change;
        expect((await other.request('PATCH', path, patch)).status).to.equal(200);
        expect((await one.request('GET', path)).body.title).to.equal('Boss');
        const gone = await other.request('DELETE', path);
        expect(gone.status).to.equal(second === '1.1' ? 200 : 204);
        expect((await one.request('GET', path)).status).to.equal(404);
      });
  });
}
