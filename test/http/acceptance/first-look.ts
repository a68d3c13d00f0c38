import { expect } from 'chai';
import { CORE, type Walk } from './walk.ts';

/** What a client asks before it knows anybody. */
export function firstLook({ expectStatus }: Walk): void {
  it('shows its configuration, read-only', async () => {
    const { body } = await expectStatus(200, 'GET', '/ServiceProviderConfigs');
    for (const key of ['patch', 'bulk', 'filter', 'changePassword', 'sort', 'etag', 'xmlDataFormat'])
      expect(body[key].supported).to.be.a('boolean');
    await expectStatus(405, 'POST', '/ServiceProviderConfigs', {});
  });

  it('shows its schemas, by every name', async () => {
    expect((await expectStatus(200, 'GET', '/Schemas')).body.totalResults).to.be.at.least(2);
    const bodies = [];
    for (const id of ['Users', `${CORE}:User`, 'UrN:sCiM:sChEmAs:CoRe:1.0:uSeR'])
      bodies.push((await expectStatus(200, 'GET', `/Schemas/${id}`)).text);
    expect(new Set(bodies).size).to.equal(1);
  });

  it('asks for a credential, and nobody is there', async () => {
    const refused = await expectStatus(401, 'GET', '/Users', undefined, {});
    expect(refused.headers.get('www-authenticate')).to.match(/^Bearer realm=/);
    expect((await expectStatus(200, 'GET', '/Users')).body).to.deep.include({ totalResults: 0, Resources: [] });
  });
}
