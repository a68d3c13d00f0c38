import { expect } from 'chai';
import { forEachBackend } from '../../support/for-each-backend.ts';
import { ENTERPRISE, expectError, GROUP, LIST, USER } from '../../support/scim20.ts';
import { startServer } from '../../support/start-server.ts';

interface Attribute {
  readonly name: string;
  readonly type: string;
  readonly caseExact: unknown;
  readonly uniqueness: unknown;
  readonly mutability: string;
  readonly returned: string;
  readonly required: boolean;
  readonly multiValued: unknown;
  readonly referenceTypes?: readonly string[];
  readonly subAttributes?: readonly Attribute[];
}

interface Schema {
  readonly id: string;
  readonly attributes: readonly Attribute[];
}

const flat = (attributes: readonly Attribute[], prefix = ''): (readonly [string, Attribute])[] =>
  attributes.flatMap((one) => [
    [prefix + one.name, one] as const,
    ...flat(one.subAttributes ?? [], `${prefix}${one.name}.`),
  ]);

const KEYWORDS = { type: ['string', 'boolean', 'decimal', 'integer', 'dateTime', 'binary', 'reference', 'complex'] };

forEachBackend('what SCIM 2.0 tells of itself', { version: '2.0', token: 'right' }, (subject) => {
  const schemas = async (): Promise<readonly Schema[]> => (await subject.get('/Schemas')).body.Resources;

  it('is told to anybody, and to nobody with a wrong token [R-4-01 R-4-02 K-5-04 K-5-03 O-02 R-3.2-06]', async () => {
    for (const path of [
      '/ServiceProviderConfig',
      '/ServiceProviderConfigs',
      '/ResourceTypes',
      '/ResourceTypes/User',
      '/Schemas',
      `/Schemas/${USER}`,
    ]) {
      expect((await subject.get(path)).status, path).to.equal(200);
      expect((await subject.get(path, { Authorization: 'Bearer right' })).status, path).to.equal(200);
      expectError(await subject.get(path, { Authorization: 'Bearer wrong' }), 401);
      for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
        const reply = await subject.request(method, path, {}, { Authorization: 'Bearer right' });
        expectError(reply, 405);
        expect(reply.headers.get('allow')).to.equal('GET, HEAD');
      }
    }
  });

  it('is in lists of one page, and by name in any case [R-4-01 R-4-03 R-4-04 K-7-11 L-02]', async () => {
    for (const [path, n] of [
      ['/ResourceTypes', 2],
      ['/Schemas', 5],
    ] as const) {
      const plain = (await subject.get(path)).body;
      expect(plain).to.deep.include({ schemas: [LIST], totalResults: n, itemsPerPage: n, startIndex: 1 });
      const { body } = await subject.get(
        `${path}?startIndex=2&count=1&sortBy=id&attributes=id&excludedAttributes=name`,
      );
      expect(body).to.deep.equal(plain);
      expectError(await subject.get(`${path}?filter=id%20pr`), 403);
      expectError(await subject.get(`${path}/Nothing`), 404);
      for (const one of plain.Resources) {
        for (const id of [one.id, encodeURIComponent(one.id), one.id.toUpperCase()])
          expect((await subject.get(`${path}/${id}`)).body).to.deep.equal(one);
        expect(one.meta.location).to.equal(`${subject.server.url}${path}/${one.id}`);
        expect(one.schemas).to.have.length(1);
      }
    }
    expect((await schemas()).map(({ id }) => id).slice(0, 4)).to.deep.equal([
      USER,
      ENTERPRISE,
      'urn:okta:onprem_app:1.0:user:custom',
      GROUP,
    ]);
  });

  it('has each resource type with schemas that are there [K-3.2-01 K-3.3-06 K-6-01 K-6-02 K-6-03 K-6-04 K-6-05 K-7-01 K-7-10 O-41]', async () => {
    const known = (await schemas()).map(({ id }) => id);
    const { Resources } = (await subject.get('/ResourceTypes')).body;
    for (const type of Resources) {
      expect(type).to.deep.include({ id: type.name, endpoint: `/${type.name}s` });
      expect(type.description).to.be.a('string').and.not.equal('');
      expect(type.meta.resourceType).to.equal('ResourceType');
      expect(known).to.include(type.schema);
      for (const { schema, required } of type.schemaExtensions) {
        expect(known).to.include(schema);
        expect(required).to.equal(false);
      }
    }
    expect(known.filter((id) => id.includes(':api:'))).to.deep.equal([]);
    for (const one of (await subject.get('/Schemas')).body.Resources) {
      expect(one.schemas).to.deep.equal(['urn:ietf:params:scim:schemas:core:2.0:Schema']);
      expect(one.meta.resourceType).to.equal('Schema');
      expect(one.name && one.description)
        .to.be.a('string')
        .and.not.equal('');
    }
  });

  it('says of each attribute all there is to say, in the words of the standard [K-2.1-02 K-2.2-01 K-2.3-01 K-2.3-02 K-2.3.8-01 K-2.3.8-03 K-7-02 K-7-03 K-7-06 K-7-07 K-7-08 N-41]', async () => {
    const all = await schemas();
    expect(JSON.stringify(all)).to.not.contain('null');
    for (const [path, one] of all.flatMap(({ attributes }) => flat(attributes))) {
      expect(one.name, path).to.match(/^([A-Za-z][\w-]*|\$ref)$/);
      expect(KEYWORDS.type, path).to.include(one.type);
      expect(['readOnly', 'readWrite', 'immutable', 'writeOnly'], path).to.include(one.mutability);
      expect(['always', 'never', 'default', 'request'], path).to.include(one.returned);
      expect(['none', 'server', 'global'], path).to.include(one.uniqueness);
      for (const key of ['required', 'caseExact', 'multiValued'] as const) expect(one[key], path).to.be.a('boolean');
      expect('subAttributes' in one, path).to.equal(one.type === 'complex');
      if (['complex', 'boolean', 'dateTime'].includes(one.type))
        expect([one.uniqueness, one.caseExact], path).to.deep.equal(['none', false]);
      expect(path.split('.').length, path).to.be.at.most(2);
    }
  });

  it('is right about references, secrets and what is unique [K-3.1-11 K-7-04 K-4.1-06 K-4.1-11 K-4.1-12 K-4.1-15 K-4.1-17 K-4.1-18 K-4.2-01 K-4.2-02 K-4.3-01]', async () => {
    const all = await schemas();
    const of = (id: string): ReadonlyMap<string, Attribute> =>
      new Map(flat(all.find((one) => one.id === id)?.attributes ?? []));
    const [user, group, enterprise] = [of(USER), of(GROUP), of(ENTERPRISE)];
    for (const id of [USER, GROUP])
      for (const common of ['id', 'externalId', 'meta', 'schemas']) expect(of(id).has(common)).to.equal(false);
    for (const [path, one] of all.flatMap(({ attributes }) => flat(attributes)))
      expect('referenceTypes' in one, path).to.equal(one.type === 'reference');
    expect(user.get('groups.$ref')).to.deep.include({
      referenceTypes: ['Group'],
      caseExact: true,
      mutability: 'readOnly',
    });
    expect(user.get('groups')).to.include({ mutability: 'readOnly' });
    expect(user.get('profileUrl')).to.deep.include({
      type: 'reference',
      caseExact: true,
      referenceTypes: ['external'],
    });
    expect(user.get('photos.value')).to.deep.include({ type: 'reference', caseExact: true });
    expect(user.get('password')).to.include({ mutability: 'writeOnly', returned: 'never', caseExact: true });
    expect(user.get('userName')).to.include({ required: true, uniqueness: 'server', caseExact: false });
    expect(user.get('x509Certificates.value')).to.include({ type: 'binary', caseExact: true });
    expect(user.get('active')).to.include({ type: 'boolean' });
    for (const name of ['entitlements', 'roles'])
      for (const part of ['value', 'display', 'type', 'primary']) expect(user.has(`${name}.${part}`)).to.equal(true);
    expect(group.get('displayName')).to.include({ required: true, uniqueness: 'server' });
    expect(group.get('members.$ref')).to.deep.include({ type: 'reference', referenceTypes: ['User', 'Group'] });
    expect(group.get('members.value')).to.include({ mutability: 'immutable' });
    for (const part of ['display', 'type']) expect(group.get(`members.${part}`)).to.include({ mutability: 'readOnly' });
    expect([...enterprise.keys()].sort()).to.deep.equal([
      'costCenter',
      'department',
      'division',
      'employeeNumber',
      'manager',
      'manager.$ref',
      'manager.displayName',
      'manager.value',
      'organization',
    ]);
    expect(enterprise.get('manager.value')).to.include({ caseExact: true });
    expect(enterprise.get('manager.displayName')).to.include({ mutability: 'readOnly' });
  });

  it('has limits that are kept, and no secret [K-5-01 K-5-02 K-5-05 K-5-06 U-08 U-10 O-03]', async () => {
    const { body } = await subject.get('/ServiceProviderConfig');
    for (const feature of ['patch', 'bulk', 'filter', 'changePassword', 'sort', 'etag'])
      expect(body[feature].supported).to.be.a('boolean');
    for (const n of [body.bulk.maxOperations, body.bulk.maxPayloadSize, body.filter.maxResults])
      expect(n).to.be.a('number').above(0);
    for (const scheme of body.authenticationSchemes) {
      expect(['oauth', 'oauth2', 'oauthbearertoken', 'httpbasic', 'httpdigest']).to.include(scheme.type);
      expect(scheme.name && scheme.description)
        .to.be.a('string')
        .and.not.equal('');
    }
    expect(body.pagination).to.deep.include({ cursor: true, index: true, defaultPaginationMethod: 'index' });
    expect(body['urn:okta:schemas:scim:providerconfig:1.0'].userManagementCapabilities).to.include('PUSH_NEW_USERS');
    expect(body.schemas).to.include('urn:okta:schemas:scim:providerconfig:1.0');
    expect(body).to.not.have.property('interopProfileConformant');
    expect(JSON.stringify(body)).to.not.contain('right');
  });
});

describe('attributes of an app in SCIM 2.0', () => {
  it('are in a schema of its own, and kept as they are told [K-2.2-02 K-2.3.3-01 K-2.3.4-01 K-2.3.5-01 K-7-05 K-7-12 O-08 O-50]', async () => {
    const urn = 'urn:okta:acme:1.0:user:custom';
    const shapes = [
      ['level', 'integer'],
      ['ratio', 'decimal'],
      ['since', 'datetime'],
      ['vip', 'boolean'],
    ] as const;
    const users = shapes.map(([name, type]) => ({ name, type }));
    const server = await startServer({
      version: '2.0',
      customization: { app: 'acme', users: users, groups: [] },
    });
    try {
      const { body } = await server.request('GET', `/Schemas/${urn}`);
      expect(body.attributes.map(({ name, type }: Attribute) => `${name} ${type}`)).to.include.members([
        'level integer',
        'ratio decimal',
        'since dateTime',
        'vip boolean',
      ]);
      const put = { level: 7, ratio: 1.5, since: '2026-01-02T03:04:05+02:00', vip: true };
      const made = await server.request('POST', '/Users', { userName: 'ana', [urn]: put });
      expect(made.body[urn]).to.deep.equal(put);
      expect(made.body.schemas).to.deep.equal([USER, urn]);
      for (const [part, value] of [
        ['level', 1.5],
        ['level', 'x'],
        ['ratio', 'x'],
        ['since', '2026-01-02'],
        ['since', 7],
        ['vip', 'x'],
      ] as const)
        expectError(
          await server.request('POST', '/Users', { userName: 'ben', [urn]: { [part]: value } }),
          400,
          'invalidValue',
          new RegExp(`${part} must be`),
        );
      for (const filter of [`${urn}:level ge 7`, `${urn}:since eq "2026-01-02T01:04:05Z"`, `${urn}:vip eq true`]) {
        const found = await server.request('GET', `/Users?filter=${encodeURIComponent(filter)}`);
        expect(found.body.totalResults, filter).to.equal(1);
      }
    } finally {
      await server.close();
    }
  });
});
