import { expect } from 'chai';
import { directoryLab } from '../../support/directories/directory-lab.ts';
import { ENTERPRISE, GROUP, USER } from '../../support/scim20.ts';
import { startServer } from '../../support/start-server.ts';

interface Attribute {
  readonly name: string;
  readonly mutability: string;
  readonly subAttributes?: readonly Attribute[];
}

describe('what a directory keeps, as SCIM 2.0 tells it', () => {
  const server = directoryLab('openldap');

  it('is what is mapped, read-only where it is never written [K-7-05]', async () => {
    await server.lab.clear();
    const map = {
      title: { ldap: 'title', direction: 'read' },
      nickName: 'initials',
      'phoneNumbers.pager': '',
      'custom.badge': 'carLicense',
    } as const;
    const customization = {
      app: 'acme',
      users: [
        { name: 'badge', type: 'string' },
        { name: 'size', type: 'string' },
      ],
      groups: [],
    } as const;
    const http = await startServer({ version: '2.0', store: { lab: server.lab, map }, customization });
    try {
      const schema = async (id: string): Promise<ReadonlyMap<string, Attribute>> => {
        const { status, body } = await http.request('GET', `/Schemas/${id}`);
        return new Map(status === 404 ? [] : body.attributes.map((one: Attribute) => [one.name, one]));
      };
      const user = await schema(USER);
      for (const name of ['userName', 'name', 'displayName', 'nickName', 'emails', 'active', 'password', 'groups'])
        expect(user.has(name), name).to.equal(true);
      for (const name of ['timezone', 'profileUrl', 'ims', 'photos', 'x509Certificates'])
        expect(user.has(name), name).to.equal(false);
      expect(user.get('title')?.mutability).to.equal('readOnly');
      const parts = (one?: Attribute): readonly string[] => (one?.subAttributes ?? []).map(({ name }) => name);
      expect(parts(user.get('name'))).to.deep.equal(['formatted', 'familyName', 'givenName']);
      expect(parts(user.get('emails'))).to.deep.equal(['value', 'type', 'primary']);
      expect(parts(user.get('addresses')))
        .to.include('postalCode')
        .and.not.include('country');
      expect([...(await schema('urn:okta:acme:1.0:user:custom')).keys()]).to.deep.equal(['badge']);
      expect(parts((await schema(ENTERPRISE)).get('manager'))).to.deep.equal(['value', '$ref', 'displayName']);
      expect([...(await schema(GROUP)).keys()]).to.deep.equal(['displayName', 'members']);

      const sent: Record<string, unknown> = { schemas: [USER], userName: 'ana', name: { familyName: 'A' } };
      for (const [name, { mutability }] of user)
        if (mutability === 'readWrite' && !(name in sent)) sent[name] = sentValue(name);
      const { body } = await http.request('POST', '/Users', { ...sent, title: 'Chief', timezone: 'x' });
      for (const name of Object.keys(sent)) expect(body, name).to.have.property(name);
      expect(body).to.not.have.any.keys('title', 'timezone');
    } finally {
      await http.close();
    }
  });
});

function sentValue(name: string): unknown {
  if (name === 'active') return true;
  if (name === 'emails') return [{ value: 'ana@x.org', type: 'primary' }];
  if (name === 'phoneNumbers') return [{ value: '+46 70', type: 'mobile' }];
  return name === 'addresses' ? [{ type: 'work', postalCode: '1' }] : 'en';
}
