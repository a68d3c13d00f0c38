import { at, CONFIG, GROUPS, type PlantedDeviation, USERS } from './planted-deviation.ts';

/** Answers of another server, or of one that does not do what was asked. */
export const REFUSALS: readonly PlantedDeviation[] = [
  {
    name: 'the page of a proxy',
    deviation: (answer) => {
      Object.assign(answer, {
        status: 200,
        type: 'text/html',
        text: '<html><title>Corp login</title><p>secret</html>',
      });
      return undefined;
    },
    red: 'getImplementedUserManagementCapabilities',
    text: /\(a page: Corp login\)/,
    cause: /a proxy, a login page/,
    fix: /Correct the base URL/,
    okta: /Corp login/,
    isFatal: true,
  },
  {
    name: 'a server of SCIM 2.0',
    deviation: (answer, url) => {
      const isTwo = url.pathname.endsWith('/ServiceProviderConfig');
      answer.status = isTwo ? 200 : 404;
      answer.body = {
        schemas: [isTwo ? 'urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig' : 'urn:x'],
        detail: 'no such resource',
      };
      return undefined;
    },
    red: 'getImplementedUserManagementCapabilities',
    text: /speaks SCIM 2\.0/,
    cause: /made for SCIM 2\.0/,
    fix: /\/v2\//,
    okta: /404.*no such resource/,
    isFatal: true,
  },
  {
    name: 'a filter that is not looked at',
    deviation: (answer, url) => {
      const user = { schemas: ['urn:scim:schemas:core:1.0'], id: 'u1', userName: 'a' };
      if (USERS.test(url.pathname) && url.searchParams.get('filter')?.startsWith('userName eq'))
        answer.body = { schemas: user.schemas, totalResults: 1, startIndex: 1, itemsPerPage: 1, Resources: [user] };
      return undefined;
    },
    red: 'checkUserExists',
    text: /nobody was asked for and 1 came/,
    cause: /does not look at the filter/,
    fix: /Apply the filter/,
    okta: /wrong account/,
  },
  {
    name: 'a lookup that is answered 404 when nobody is found',
    deviation: (answer, url) => {
      if (/example\.invalid/.test(url.search)) Object.assign(answer, { status: 404, body: { detail: 'no such user' } });
      return undefined;
    },
    red: 'checkUserExists',
    text: /checkUserExists: 404 for nobody: no such user/,
    cause: /404 when a lookup finds nobody/,
    fix: /Answer 200 with totalResults 0/,
    okta: /Error code: 404, error: Not Found/,
  },
  {
    name: 'an error on the way to what keeps people',
    deviation: (answer, url) => {
      if (GROUPS.test(url.pathname))
        Object.assign(answer, { status: 500, body: { message: 'ORA-12541: no listener' } });
      return undefined;
    },
    red: 'downloadGroups',
    text: /500: ORA-12541: no listener/,
    cause: /what stands behind it/,
    fix: /its log/,
    okta: /Error code: 500, error: Internal Server Error/,
  },
  {
    name: 'a method that is not there',
    deviation: at(/\/Groups\/g1$/, (answer) => Object.assign(answer, { status: 501, body: { detail: 'not here' } })),
    red: 'getGroupById',
    text: /501: not here/,
    cause: /does not have this part/,
    fix: /leave the capability out/,
    okta: /501/,
  },
  {
    name: 'a redirection to a login',
    deviation: () => (response) => {
      response.writeHead(302, { Location: 'https://login.example/' });
      response.end();
    },
    red: 'getImplementedUserManagementCapabilities',
    text: /302/,
    cause: /sends callers elsewhere/,
    fix: /the URL that it leads to/,
    okta: /302/,
    isFatal: true,
  },
  {
    name: 'a credential that nobody looks at',
    deviation: (answer, url, request) => {
      if (CONFIG.test(url.pathname) && request.headers.authorization !== 'Bearer the-secret-of-the-test')
        Object.assign(answer, { status: 200, body: { schemas: [] } });
      return undefined;
    },
    red: 'wrongToken',
    text: /a wrong credential is let in/,
    cause: /does not look at the credential/,
    fix: /answer 401/,
    okta: /passes Test Connector Configuration/,
  },
  {
    name: 'a server that hangs up',
    deviation: () => (response) => void response.destroy(),
    red: 'getImplementedUserManagementCapabilities',
    text: /no answer \(ECONNRESET\)/,
    cause: /hung up/,
    fix: /log of the server/,
    okta: /Connection reset/,
    isFatal: true,
  },
];
