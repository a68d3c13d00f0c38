import { expect } from 'chai';
import type { Mount } from '../../../connector/http/mount.ts';
import { findMount } from '../../../connector/http/request/find-mount.ts';
import { spokenAt } from '../../../connector/protocol/protocols.ts';
import { startServer, type TestServer } from '../../support/start-server.ts';

const mountsOf = (app: string, path: string, versions: readonly string[]): readonly Mount[] => {
  const spoken = spokenAt({ path, versions });
  return spoken.map((one) => ({ app, spoken, ...one }) as unknown as Mount);
};

/** Version, path and fault that a URL comes to. */
const found = (path: string, mounts: readonly Mount[]): unknown => {
  try {
    const { mount, path: below } = findMount(path, mounts);
    return [mount.app, mount.protocol.version, below];
  } catch (error) {
    return (error as Error).message;
  }
};

describe('the version that a base URL means', () => {
  const both = [...mountsOf('default', '/scim/v1', ['1.1', '2.0']), ...mountsOf('hr', '/hr/scim/v1', ['1.1', '2.0'])];

  for (const [path, meant] of [
    ['/scim/v1/Users', ['default', '1.1', '/Users']],
    ['/scim/v2//Users/', ['default', '2.0', '/Users']],
    ['/hr/scim/v2/Users', ['hr', '2.0', '/Users']],
    ['/scim/Users/7', ['default', '1.1', '/Users/7']],
    ['/scim/v3/Users', 'this connector speaks SCIM 1.1 and SCIM 2.0: use /scim/v1/ or /scim/v2/ in the base URL'],
    [
      '/hr/scim/V2/Users',
      'this connector speaks SCIM 1.1 and SCIM 2.0: use /hr/scim/v1/ or /hr/scim/v2/ in the base URL',
    ],
    ['/scim/Me', 'this connector speaks SCIM 1.1 and SCIM 2.0: use /scim/v1/ or /scim/v2/ in the base URL'],
    ['/v2/Users', 'there is nothing at this path'],
  ] as const)
    it(`is found in ${path}`, () => expect(found(path, both)).to.deep.equal(meant));

  it('is no other than the one that an app is served in', () => {
    const older = mountsOf('default', '/scim/v1', ['1.1']);
    expect(found('/scim/v2/Users', older)).to.equal('this connector speaks SCIM 1.1: use /scim/v1/ in the base URL');
    const newer = mountsOf('default', '/scim/v2', ['2.0']);
    for (const path of ['/scim/v1/Users', '/scim/Users'])
      expect(found(path, newer)).to.equal('this connector speaks SCIM 2.0: use /scim/v2/ in the base URL');
    expect(found('/scim/v2/Users', newer)).to.deep.equal(['default', '2.0', '/Users']);
    expect(found('/elsewhere', newer)).to.equal('there is nothing at this path; the base URL ends in /scim/v2/');
  });
});

describe('a request that leads nowhere', () => {
  let server: TestServer;
  const at = async (path: string): Promise<[type: string | null, body: Record<string, unknown>]> => {
    const reply = await fetch(`${new URL(server.url).origin}${path}`);
    return [reply.headers.get('content-type'), (await reply.json()) as Record<string, unknown>];
  };

  before(async () => {
    server = await startServer();
  });
  after(() => server.close());

  it('is answered in the version that its URL names, and a later one in the latest [R-3.13-01]', async () => {
    for (const path of ['/scim/v3/Users', '/elsewhere/v2/Users', '/scim/V2/Users']) {
      const [type, body] = await at(path);
      expect(type, path).to.match(/^application\/scim\+json/);
      expect(body, path).to.include({ status: '404' }).and.not.to.have.property('Errors');
    }
    for (const path of ['/scim/V1/Users', '/elsewhere', '/elsewhere/v1/Users']) {
      const [type, body] = await at(path);
      expect(type, path).to.match(/^application\/json/);
      expect(body, path).to.have.property('Errors');
    }
  });

  it('names both base URLs', async () => {
    const [, { detail }] = await at('/scim/v3/Users');
    expect(detail).to.match(
      /^this connector speaks SCIM 1\.1 and SCIM 2\.0: use \/scim\/v1\/ or \/scim\/v2\/ in the base URL/,
    );
  });
});
