import { PresenceFilter } from 'ldapts';
import type { DirectoryOptions } from '../../../../connector/backend/ldap/connection/directory-options.ts';
import type { LdapFailure } from '../../../../connector/backend/ldap/directory/ldap-failure.ts';
import type { Directory, Search } from '../../../../connector/backend/ldap/directory/session.ts';
import { withDirectory } from '../../../support/directories/service-directory.ts';
import { type Answer, MockLdapServer, type MockRequest, result } from '../../../support/mock-ldap-server.ts';

export const everything: Search = {
  base: 'dc=x',
  scope: 'sub',
  filter: new PresenceFilter({ attribute: 'objectClass' }),
  attributes: ['cn'],
};

export const mockOptions = (
  servers: readonly MockLdapServer[],
  more: Partial<DirectoryOptions> = {},
): DirectoryOptions => ({
  urls: servers.map(({ url }) => url),
  bind: { kind: 'simple', dn: 'cn=scim', password: () => 'secret' },
  ...more,
});

/** `answer` for everything but binds, which succeed. */
export const afterBind =
  (answer: Answer): Answer =>
  (request: MockRequest) =>
    request.operation === 'bind' ? result(request) : answer(request);

export async function withMock(
  answer: Answer,
  work: (directory: Directory, server: MockLdapServer) => Promise<void>,
  more: Partial<DirectoryOptions> = {},
): Promise<void> {
  const server = await new MockLdapServer(answer).listen();
  try {
    await withDirectory(mockOptions([server], more), (directory) => work(directory, server));
  } finally {
    await server.close();
  }
}

/** What `work` fails with. */
export async function failureOf(work: Promise<unknown>): Promise<LdapFailure> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Error) || error.name !== 'LdapFailure') throw new Error('it did not fail', { cause: error });
  return error as LdapFailure;
}
