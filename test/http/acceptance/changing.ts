import { expect } from 'chai';
import { CORE, ENTERPRISE, TOKEN, type Walk } from './walk.ts';

/** PUT and PATCH of `a`. */
export function changing({ expectStatus, kept, secrets, a }: Walk): void {
  it('replaces with PUT', async () => {
    const { userName, name, emails } = kept['a'];
    const fresh = { ...TOKEN, 'If-Match': kept['a'].meta.version };
    const { body } = await expectStatus(200, 'PUT', a(), { userName, name, emails }, fresh);
    expect(body).to.not.have.property('nickName');
    expect(body.meta.created).to.equal(kept['a'].meta.created);
    expect(body.meta.version).to.not.equal(kept['a'].meta.version);
    await expectStatus(412, 'PUT', a(), { userName }, fresh);
    await expectStatus(200, 'PUT', a(), { userName, name, emails }, { ...TOKEN, 'If-Match': '*' });
    await expectStatus(404, 'PUT', '/Users/nope', { userName });
    await expectStatus(400, 'PUT', a(), { name });
    await expectStatus(409, 'PUT', a(), { userName: 'b' });
    const odd = await expectStatus(200, 'PUT', a(), {
      userName,
      name,
      emails,
      id: 'x',
      meta: { created: 'x' },
      groups: [{ value: 'x' }],
    });
    expect(odd.body).to.deep.equal(body);
  });

  it('changes with PATCH', async () => {
    const patch = async (body: object): Promise<Record<string, never>> =>
      (await expectStatus(200, 'PATCH', a(), body)).body;
    const remove = (...attributes: string[]): object => ({ meta: { attributes } });
    expect(await patch({ nickName: 'Bee' })).to.include({ nickName: 'Bee', userName: 'asilva' });
    for (let i = 0; i < 2; i += 1) expect(await patch(remove('nickName'))).to.not.have.property('nickName');
    expect(await patch({ ...remove('nickName'), nickName: 'Z' })).to.include({ nickName: 'Z' });
    expect((await patch({ name: { familyName: 'Costa' } }))['name']).to.deep.equal({
      givenName: 'Ana',
      familyName: 'Costa',
    });
    expect((await patch(remove('name.familyName')))['name']).to.deep.equal({ givenName: 'Ana' });
    expect((await patch({ emails: [{ value: 'n@x.org', primary: true }] }))['emails']).to.deep.equal([
      { value: 'ana@example.com' },
      { value: 'n@x.org', primary: true },
    ]);
    for (let i = 0; i < 2; i += 1) {
      expect((await patch({ emails: [{ value: 'n@x.org', operation: 'delete' }] }))['emails']).to.have.length(1);
    }
    await patch({ addresses: [{ type: 'work', locality: 'Porto' }] });
    const moved = {
      addresses: [
        { type: 'work', locality: 'Porto', operation: 'delete' },
        { type: 'work', locality: 'Faro' },
      ],
    };
    expect((await patch(moved))['addresses']).to.deep.equal([{ type: 'work', locality: 'Faro' }]);
    for (const name of ['userName', 'id']) await expectStatus(400, 'PATCH', a(), remove(name));
    const projected = await expectStatus(200, 'PATCH', `${a()}?attributes=userName`, { password: secrets[1] });
    expect(projected.body).to.have.all.keys('schemas', 'id', 'meta', 'userName');
    const set = await patch({ schemas: [CORE, ENTERPRISE], [ENTERPRISE]: { department: 'R&D' } });
    expect(set[ENTERPRISE]).to.deep.equal({ department: 'R&D' });
    expect(await patch(remove(`${ENTERPRISE}:department`))).to.not.have.property(ENTERPRISE);
  });
}
