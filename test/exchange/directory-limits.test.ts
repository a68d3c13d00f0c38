import { expect } from 'chai';
import { directoryLab } from '../support/directories/directory-lab.ts';
import { peopleLdif } from '../support/directories/people.ts';
import { ann, CUSTOM, judge, PEOPLE, page, serving, USER } from '../support/directories/served.ts';

describe('what a directory limits or refuses', () => {
  const server = directoryLab('openldap');
  const configuration = (ldif: string): Promise<void> =>
    server.lab.apply(ldif, { dn: 'cn=config', password: server.lab.flavour.admin.password });
  const mdb = 'dn: olcDatabase={1}mdb,cn=config\nchangetype: modify\n';
  before(() => server.lab.load(peopleLdif(server.lab.flavour, PEOPLE)));

  it('an import past a size limit of 500 is an error with the fix, never a short list', () => {
    const { password } = server.lab.flavour.service;
    const bind = {
      kind: 'simple',
      dn: 'cn=scim-limited,ou=services,dc=example,dc=com',
      password: () => password,
    } as const;
    return serving(server.lab, { connection: { bind } }, async (http) => {
      const { status, body } = await page(http, 0);
      expect(status).to.equal(503);
      expect(body.Errors[0].description).to.match(/size limit cut a search short; raise it for the service account/);
    });
  });

  it('a server that allows smaller pages than we ask for gives everything', async () => {
    const { dn } = server.lab.flavour.service;
    await configuration(
      `${mdb}replace: olcLimits\nolcLimits: {0}dn.exact="${dn}" size.pr=100 size.prtotal=unlimited\n`,
    );
    await serving(server.lab, {}, async (http) => {
      const ids = [await page(http, 0), await page(http, 1), await page(http, 2)].flatMap((one) => judge(one) ?? []);
      expect(new Set(ids).size).to.equal(PEOPLE);
    });
  });

  it('a value that the schema refuses is a 400 that names it, and the log has the words of the directory without it', () =>
    serving(server.lab, {}, async (http) => {
      const reply = await http.request('POST', '/Users', ann({ emails: [{ value: 'ü@example.com', type: 'work' }] }));
      expect(reply.status, reply.text).to.equal(400);
      expect(reply.body.Errors[0].description).to.match(
        /^emails\.value \(mail\) "ü@example\.com" does not have the form that the directory asks for: ASCII/,
      );
      const line = (await http.lines()).findLast(({ fields }) => fields['method'] === 'POST');
      expect(line?.fields['detail']).to.match(/^emails\.value \(mail\) "…" does not have the form/);
      expect(line?.fields['err']).to.have.property('diagnostic', 'mail: value #0 invalid per syntax');
    }));

  it('the same person again is taken over, though the mapping has no place for all of it; the log names it', () =>
    serving(server.lab, {}, async (http) => {
      const body = ann({
        nickName: 'Annie',
        externalId: '00u1',
        locale: 'en',
        userType: 'Employee',
        timezone: 'UTC',
        [CUSTOM]: { costCode: 'X1' },
      });
      const [one, two] = [await http.request('POST', '/Users', body), await http.request('POST', '/Users', body)];
      expect([one.status, two.status], two.text).to.deep.equal([201, 201]);
      expect(two.body.id).to.equal(one.body.id);
      const lines = await http.lines();
      const { ignored } = lines.findLast(({ fields }) => fields['method'] === 'POST')?.fields ?? {};
      expect(ignored).to.include.members(['nickName', 'timezone', `${CUSTOM}:costCode`]);
      expect(ignored).not.to.include.members(['userName']);
    }));

  it('a refusal by an access rule is a 403 that says where the right rule is', async () => {
    await serving(server.lab, {}, async (http) => {
      const { body } = await page(http, 0);
      const [{ id, userName }] = body.Resources;
      const { people, service } = server.lab.flavour;
      await configuration(
        `${mdb}add: olcAccess\nolcAccess: {0}to dn.subtree="${people}" by dn.exact="${service.dn}" read by * none\n`,
      );
      const reply = await http.request('PUT', `/Users/${id}`, { schemas: [USER], userName, title: 'Boss' });
      expect(reply.status, reply.text).to.equal(403);
      expect(reply.body.Errors[0].description).to.match(
        /LDAP: the service account may not modify a User.*check --print-acl/,
      );
    });
  });
});
