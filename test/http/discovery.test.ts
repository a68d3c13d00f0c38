import { expect } from 'chai';
import { expectRefusal, forEachBackend, query } from '../support/for-each-backend.ts';

const CORE = 'urn:scim:schemas:core:1.0';
const ENTERPRISE = 'urn:scim:schemas:extension:enterprise:1.0';
const TYPES = ['string', 'boolean', 'decimal', 'integer', 'datetime', 'binary', 'complex'];

interface Attribute {
  readonly name: string;
  readonly type: string;
  readonly multiValued: boolean;
  readonly multiValuedAttributeChildName?: string;
  readonly schema?: string;
  readonly readOnly: boolean;
  readonly required: boolean;
  readonly caseExact: boolean;
  readonly canonicalValues?: readonly string[];
  readonly subAttributes?: readonly Attribute[];
}

const customization = {
  app: 'acme',
  users: [
    { name: 'badge', type: 'integer', required: true },
    { name: 'projects', type: 'list' },
  ],
  groups: [],
} as const;

/** SCIM 1.1 API §3.7; Core §3, §3.1, §9, §10. */
forEachBackend('discovery', { customization }, (subject) => {
  it('shows one configuration, not a list, with every member typed', async () => {
    for (const path of ['/ServiceProviderConfigs', '/ServiceProviderConfig', '/ServiceProviderConfigs.json']) {
      const { status, body } = await subject.get(path);
      expect(status, path).to.equal(200);
      expect(body.schemas).to.include(CORE);
      expect(body).to.not.have.any.keys('Resources', 'documentationUri');
      for (const name of ['patch', 'bulk', 'filter', 'changePassword', 'sort', 'etag', 'xmlDataFormat']) {
        expect(body[name].supported, name).to.be.a('boolean');
      }
      for (const limit of [body.bulk.maxOperations, body.bulk.maxPayloadSize, body.filter.maxResults]) {
        expect(Number.isInteger(limit) && limit > 0).to.equal(true);
      }
      expect(body.xmlDataFormat.supported).to.equal(false);
      expect(body.authenticationSchemes).to.have.length(1);
      expect(body.authenticationSchemes[0]).to.include.all.keys('name', 'description', 'type');
    }
  });

  it('lets nobody write there', async () => {
    for (const path of ['/ServiceProviderConfigs', '/Schemas', '/Schemas/User', '/ResourceTypes']) {
      for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
        const reply = await subject.request(method, path, {});
        expectRefusal(reply, 405, /allowed: GET, HEAD/);
        expect(reply.headers.get('allow')).to.equal('GET, HEAD');
      }
    }
  });

  it('shows a schema by every name it may be asked by', async () => {
    const first = (await subject.get('/Schemas/Users')).body;
    for (const name of [`${CORE}:User`, 'UrN:sCiM:sChEmAs:CoRe:1.0:uSeR', 'User', 'users', 'Users.json']) {
      expect((await subject.get(`/Schemas/${name}`)).body, name).to.deep.equal(first);
    }
    expect(first).to.include({
      id: `${CORE}:User`,
      name: 'User',
      description: 'Core User',
      schema: CORE,
      endpoint: '/Users',
    });
    expect(first).to.not.have.property('schemas');
    expect((await subject.get('/Schemas/Groups')).body).to.include({ name: 'Group', endpoint: '/Groups' });
    expectRefusal(await subject.get('/Schemas/Device'), 404, /there are User and Group/);
  });

  it('lists, pages, filters and trims schemas', async () => {
    const { body } = await subject.get('/Schemas');
    expect(body).to.include({ totalResults: 2, itemsPerPage: 2, startIndex: 1 });
    expect(body.schemas).to.include(CORE);
    const page = (await subject.get('/Schemas?startIndex=2&count=1&attributes=NAME,attributes.name')).body;
    expect(page).to.include({ totalResults: 2, itemsPerPage: 1, startIndex: 2 });
    expect(page.Resources[0]).to.have.all.keys('id', 'name', 'attributes');
    const first = (await subject.get('/Schemas?count=1')).body;
    expect(first.Resources.map((s: { name: string }) => s.name)).to.deep.equal(['User']);
    for (const filter of ['name eq "user"', 'endpoint sw "/users" and id pr', 'id co ":User"']) {
      const found = (await subject.get(`/Schemas${query({ filter })}`)).body;
      expect(
        found.Resources.map((s: { name: string }) => s.name),
        filter,
      ).to.deep.equal(['User']);
    }
    expectRefusal(await subject.get(`/Schemas${query({ filter: 'nonsense eq "x"' })}`), 400);
    expectRefusal(await subject.get(`/Schemas${query({ filter: 'attributes pr' })}`), 400);
    expectRefusal(await subject.get(`/Schemas${query({ filter: '' })}`), 400);
  });

  it('describes every attribute completely', async () => {
    const check = (attribute: Attribute, nested: boolean): void => {
      const { name } = attribute;
      expect(name).to.match(/^[A-Za-z_][A-Za-z0-9_.-]*$/);
      expect(TYPES).to.include(attribute.type);
      for (const flag of ['multiValued', 'readOnly', 'required', 'caseExact'] as const) {
        expect(attribute[flag], `${name}.${flag}`).to.be.a('boolean');
      }
      expect(attribute).to.have.property('description');
      expect('multiValuedAttributeChildName' in attribute, name).to.equal(attribute.multiValued);
      expect('schema' in attribute, name).to.equal(!nested);
      if (name === 'display') expect(attribute.readOnly).to.equal(true);
      for (const sub of attribute.subAttributes ?? []) check(sub, true);
    };
    const [user, group] = (await subject.get('/Schemas')).body.Resources;
    for (const attribute of [...user.attributes, ...group.attributes]) check(attribute, false);
    const find = (name: string): Attribute => user.attributes.find((a: Attribute) => a.name === name);
    expect(find('id')).to.include({ readOnly: true, required: true, caseExact: false });
    expect(find('userName')).to.include({ readOnly: false, required: true });
    expect(find('groups')).to.include({ readOnly: true, type: 'complex' });
    expect(find('password')).to.include({ caseExact: true });
    expect(find('emails').subAttributes?.find((s) => s.name === 'type')?.canonicalValues).to.deep.equal([
      'work',
      'home',
      'other',
    ]);
    expect(find('meta').subAttributes?.map(({ readOnly }) => readOnly)).to.deep.equal([true, true, true, true, false]);
    for (const name of ['employeeNumber', 'costCenter', 'organization', 'division', 'department', 'manager']) {
      expect(find(name).schema).to.equal(ENTERPRISE);
    }
    expect(find('badge')).to.include({ type: 'integer', required: true, schema: 'urn:okta:acme:1.0:user:custom' });
    expect(find('projects')).to.include({ multiValued: true });
  });

  it('answers to /ResourceTypes, which Okta asks for', async () => {
    const { body } = await subject.get('/ResourceTypes');
    expect(body.Resources.map((t: { endpoint: string }) => t.endpoint)).to.deep.equal(['/Users', '/Groups']);
    expect((await subject.get('/ResourceTypes/user')).body).to.include({ id: 'User' });
    expectRefusal(await subject.get('/ResourceTypes/Device'), 404);
  });

  it('holds custom attributes to their declared types', async () => {
    const urn = 'urn:okta:acme:1.0:user:custom';
    const user = await subject.user({ userName: 'a', [urn]: { BADGE: '7', projects: 'x', open: [true, 'y'] } });
    expect(user[urn]).to.deep.equal({ badge: 7, projects: ['x'], open: [true, 'y'] });
    expect(
      await subject.names(`/Users${query({ filter: `${urn}:badge gt 6 and ${urn}:projects eq "X"` })}`),
    ).to.deep.equal(['a']);
    expect(await subject.names(`/Users${query({ filter: `${urn.toUpperCase()}:open eq true` })}`)).to.deep.equal(['a']);
    for (const [block, text] of [
      [{ badge: 'seven' }, /:badge must be a number/],
      [{ badge: 1.5 }, /:badge must be a whole number/],
      [{ badge: 1e300 }, /:badge must be a whole number/],
      [{ projects: [{}], badge: 1 }, /:projects must be text/],
      [{ projects: ['x'] }, /:badge is required/],
    ] as const) {
      expectRefusal(await subject.post('/Users', { userName: 'b', [urn]: block }), 400, text);
    }
    expectRefusal(await subject.get(`/Users${query({ filter: `${urn}:badge eq "7"` })}`), 400, /needs a number/);
    const emptied = await subject.put(`/Users/${user.id}`, {
      userName: 'a',
      [urn]: { badge: 7, projects: [''], open: [[]] },
    });
    expect(emptied.body[urn]).to.deep.equal({ badge: 7 });
  });
});

/** SCIM 1.1 Core §6.1. */
forEachBackend('the URN of an Okta app', {}, (subject) => {
  const urn = 'urn:okta:onprem_app:1.0:user:custom';

  it('may hold attributes named like others, and like what every object has', async () => {
    const block = { members: { value: 'x' }, groups: ['g'], active: 'yes', constructor: 'c', toString: ['t'] };
    const { id } = await subject.user({ userName: 'a', [urn]: block });
    expect((await subject.get(`/Users/${id}`)).body[urn]).to.deep.equal(block);
    const body = { userName: 'a', [urn]: { ...block, members: { value: 'y' }, toString: 't' } };
    expect((await subject.put(`/Users/${id}`, body)).body[urn]).to.deep.equal(body[urn]);
    const patch = { meta: { attributes: [`${urn}:constructor`, `${urn}:members`] } };
    expect((await subject.patch(`/Users/${id}`, patch)).body[urn]).to.have.all.keys('groups', 'active', 'toString');
    expect(await subject.names(`/Users${query({ filter: `${urn}:hasOwnProperty pr` })}`)).to.deep.equal([]);
  });

  it('keeps no password that a mapping sends there by mistake', async () => {
    const user = await subject.user({ userName: 'a', [urn]: { Password: 'x', home: { password: 'x', floor: 1 } } });
    expect(user[urn]).to.deep.equal({ home: { floor: 1 } });
  });

  it('may be any of the pattern, whatever its case', async () => {
    const { id } = await subject.user({ userName: 'a', 'URN:OKTA:Acme_2:1.0:User': { shoe: 41 } });
    const { body } = await subject.get(`/Users/${id}`);
    expect(body['urn:OKTA:Acme_2:1.0:User']).to.deep.equal({ shoe: 41 });
    expect(body.schemas).to.deep.equal([CORE, 'urn:OKTA:Acme_2:1.0:User']);
    const removed = await subject.patch(`/Users/${id}`, { meta: { attributes: ['urn:OKTA:Acme_2:1.0:User:shoe'] } });
    expect(removed.body.schemas).to.deep.equal([CORE]);
  });
});

/** SCIM 1.1 API §2; Core §9. */
forEachBackend('without a credential', { token: 'a-token-of-some-length' }, (subject) => {
  // Okta's Test button asks for the configuration alone: it must not be green before a credential is set.
  it('shows nothing, the configuration included', async () => {
    for (const path of [
      '/ServiceProviderConfigs',
      '//ServiceProviderConfig/',
      '/Users',
      '/Users/x',
      '/Groups',
      '/Schemas',
      '/ResourceTypes',
      '/nonsense',
      '/Users.xml',
    ]) {
      const reply = await subject.get(path);
      expectRefusal(reply, 401, /^the request has no Authorization header/);
      expect(reply.headers.get('www-authenticate')).to.equal('Bearer realm="scim-connector"');
    }
    expectRefusal(await subject.post('/Users', 'not json', { 'X-HTTP-Method-Override': 'PUT' }), 401);
    expectRefusal(await subject.post('/Bulk', {}), 401);
  });
});
