import { expect } from 'chai';
import { openDirectory } from '../../../../connector/backend/ldap/connection/directory.ts';
import { createLdapBackend, type LdapBackend } from '../../../../connector/backend/ldap/ldap-backend.ts';
import { bindSimple } from '../../../../connector/scim/filter/bind.ts';
import type { Page, Query } from '../../../../connector/scim/query.ts';
import { refusal } from '../../../conformance/refusal.ts';
import { directoryLab } from '../../../support/directories/directory-lab.ts';
import { types } from '../../../support/directories/ldap-backend.ts';
import { groupsLdif, peopleLdif } from '../../../support/directories/people.ts';
import { call } from '../../../support/directories/scim.ts';
import { serviceOptions } from '../../../support/directories/service-directory.ts';
import { watched } from '../../../support/directories/watched.ts';
import { TcpRelay } from '../../../support/tcp-relay.ts';

/** Some pages. */
const PEOPLE = 1_234;

describe('a directory server that is lost in the middle of an import', () => {
  const server = directoryLab('openldap');
  let relay: TcpRelay;
  let backend: LdapBackend | undefined;
  /** Cuts the connection at pages that are full. */
  let cuts = 0;
  before(async () => {
    const { flavour } = server.lab;
    await server.lab.apply(peopleLdif(flavour, PEOPLE) + groupsLdif(flavour, 150, 10, PEOPLE));
  });
  afterEach(async () => {
    await backend?.close();
    await relay?.close();
  });

  async function open(alone: boolean): Promise<LdapBackend> {
    const { lab } = server;
    relay = await new TcpRelay(lab.securePort).listen();
    const urls = [`ldaps://localhost:${relay.port}`, ...(alone ? [] : [lab.url])];
    backend = createLdapBackend(
      { ldap: {}, users: { base: lab.flavour.people }, groups: { base: lab.flavour.groups } },
      async () =>
        watched(
          await openDirectory(serviceOptions(lab, { urls })),
          () => {},
          (entries) => {
            if (cuts === 0 || entries.length < 100) return;
            cuts -= 1;
            void relay.close();
          },
        ),
    );
    await backend.open();
    return backend;
  }

  const everybody: Query = { offset: 0, limit: PEOPLE };
  const path = bindSimple(types.User, { name: 'userName' }, 'sortBy');
  async function complete(query: Query): Promise<void> {
    const one = await open(false);
    cuts = 1;
    const { total, resources }: Page = await one.list(call, types.User, query);
    expect(cuts, 'connections left to cut').to.equal(0);
    expect([total, new Set(resources.map(({ id }) => id)).size]).to.deep.equal([PEOPLE, PEOPLE]);
    const members = resources.filter(({ attributes }) => attributes['groups'] !== undefined);
    expect(members).to.have.length(PEOPLE);
  }

  it('begins again on the next one, and lists everybody once', () => complete(everybody));

  it('also where the list is sorted', () => complete({ ...everybody, sort: { path, descending: false } }));

  it('is no short list where it is lost once more', async () => {
    const one = await open(true);
    cuts = 2;
    await refusal(one.list(call, types.User, everybody), 'unavailable');
  });
});
