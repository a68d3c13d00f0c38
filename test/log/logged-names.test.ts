import { expect } from 'chai';
import { loggedIds, loggedName, loggedNames } from '../../connector/log/logged-names.ts';
import { startInProcess } from '../support/in-process-server.ts';

const CUSTOM = 'urn:okta:onprem_app:1.0:user:custom';
/** What somebody may have typed, or pasted, where the name of an attribute belongs. */
const SECRETS = [
  'Sommer2026',
  'P@ssw0rd!',
  'correct horse battery staple',
  'scim_5rJ0o1cQ9sYb2mKxVtN8wZ3hA7dF4gL6pR1uE0iT9k',
  '+46 70 123 45 67',
  'ana@corp.example',
  'x'.repeat(41),
  'a\u202eb',
  '',
];

describe('names in the log that a client sent', () => {
  it('are shown when they look like attributes', () => {
    for (const name of [
      'nickName',
      'x509Certificates',
      'name.firstName',
      'cost_center-2',
      'urn:scim:schemas:extension:enterprise:1.0',
      'urn:scim:schemas:extension:enterprise:1.0:manager.value',
      `${CUSTOM}:costCode`,
    ])
      expect(loggedName(name)).to.equal(name);
  });

  it('are not shown when they may be anything', () => {
    for (const secret of SECRETS)
      for (const name of [secret, `name.${secret}`, `${CUSTOM}:${secret}`, `urn:${secret}`])
        expect(loggedName(name), name).to.equal('[not shown]');
  });

  it('are so many and no more, and as long as an id', () => {
    expect(loggedNames(['title', 'Sommer2026', 'Winter2027', 'title'])).to.deep.equal(['title', '[not shown]']);
    const many = Array.from({ length: 1000 }, () => 'x'.repeat(1_000_000 / 1000));
    expect(loggedIds(many)).to.have.lengthOf(50);
    expect(loggedIds(many)[0]).to.have.lengthOf(100);
  });

  it('hide what was typed as a name, wherever a body has names', async () => {
    const server = await startInProcess({});
    try {
      const [title, password] = ['Leiterin2026', 'Sommer2026!'];
      const body = {
        userName: 'ana',
        [password]: 'x',
        name: { [password]: 'x' },
        emails: [{ value: 'a@x.example', [password]: 'x' }],
        [`urn:${password}`]: { a: 1 },
        [CUSTOM]: { [password]: 'x', [title]: 'x', costCode: 'y' },
      };
      const { status, body: made } = await server.request('POST', '/Users', body);
      expect(status).to.equal(201);
      const changed = { ...body, [CUSTOM]: { [title]: 'z', costCode: 'z' } };
      expect((await server.request('PUT', `/Users/${made.id}`, changed)).status).to.equal(200);
      const lines = JSON.stringify(await server.lines());
      expect(lines).not.to.contain(password).and.not.to.contain(title);
      expect(lines).to.contain('costCode').and.to.contain('[not shown]');
    } finally {
      await server.close();
    }
  });
});
