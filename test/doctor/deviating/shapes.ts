import { at, GROUPS, type Json, type PlantedDeviation, USERS } from './planted-deviation.ts';

const isImport = (url: URL): boolean => !url.searchParams.has('filter');
const resources = (body: Json): Json[] => body['Resources'] as Json[];

/** Lists and resources that are formed otherwise than Okta's parser wants. */
export const SHAPES: readonly PlantedDeviation[] = [
  {
    name: 'numbers in quotes',
    deviation: at(USERS, (_, body) => {
      body['startIndex'] = String(body['startIndex']);
    }),
    red: 'downloadUsers',
    text: /startIndex "1" is a text and no number/,
    cause: /numbers in quotes/,
    fix: /as JSON integers/,
    okta: /no create follows/,
  },
  {
    name: 'a bare list',
    deviation: at(USERS, (answer, body) => {
      answer.body = body['Resources'];
    }),
    red: 'downloadUsers',
    text: /no list of SCIM/,
    cause: /object around it/,
    fix: /"totalResults":0/,
    okta: /No results for users returned/,
  },
  {
    name: 'an empty body',
    deviation: at(GROUPS, (answer) => {
      answer.text = '';
    }),
    red: 'downloadGroups',
    text: /without a body/,
    cause: /says nothing/,
    fix: /JSON object/,
    okta: /No results/,
  },
  {
    name: 'JSON that is cut off',
    deviation: at(GROUPS, (answer) => {
      answer.text = '{"totalResults": 1, "Reso';
    }),
    red: 'downloadGroups',
    text: /something else than JSON/,
    cause: /cut off/,
    fix: /application\/json/,
    okta: /JsonParseException/,
  },
  {
    name: 'groups without members',
    deviation: at(GROUPS, (_, body) => {
      for (const group of resources(body)) delete group['members'];
    }),
    red: 'downloadGroups',
    text: /g1 has no members/,
    cause: /would empty the group/,
    fix: /List all members/,
    okta: /one member, or none/,
  },
  {
    name: 'fewer members of a group than in the list',
    deviation: at(/\/Groups\/g1$/, (_, body) => {
      body['members'] = [];
    }),
    red: 'getGroupById',
    text: /g1, with 1 member in the list, has no members/,
    cause: /would empty the group/,
    fix: /List all members/,
    okta: /one member, or none/,
  },
  {
    name: 'a page that is capped',
    deviation: at(USERS, (_, body, url) => {
      if (isImport(url)) body['Resources'] = resources(body).slice(0, 2);
    }),
    red: 'downloadUsers',
    text: /2 came where 3 were due/,
    cause: /caps a page/,
    fix: /exactly count/,
    okta: /deleted/,
  },
  {
    name: 'totalResults that says how many came',
    deviation: at(USERS, (_, body) => {
      delete body['totalResults'];
    }),
    red: 'downloadUsers',
    text: /totalResults is missing/,
    cause: /how many there are/,
    fix: /Add totalResults/,
    okta: /No results/,
  },
  {
    name: 'users without an id',
    deviation: at(USERS, (_, body) => {
      for (const user of resources(body)) delete user['id'];
    }),
    red: 'downloadUsers',
    text: /user1@example\.com has no id/,
    cause: /every resource needs an id/,
    fix: /an id that never changes/,
    okta: /nobody is imported/,
  },
  {
    name: 'a password that is shown',
    deviation: at(USERS, (_, body) => {
      for (const user of resources(body)) user['password'] = 'Geheim-1';
    }),
    red: 'downloadUsers',
    text: /u1 shows a password/,
    cause: /gives passwords away/,
    fix: /Leave password out/,
    okta: /log of the agent/,
  },
  {
    name: 'an order that changes',
    deviation: (() => {
      let turn = 0;
      return at(USERS, (_, body, url) => {
        if (!isImport(url)) return;
        turn += 1;
        if (turn % 2 === 0) resources(body).reverse();
      });
    })(),
    red: 'downloadUsers',
    text: /in another place/,
    cause: /order of the list changes/,
    fix: /Sort by something that never changes/,
    okta: /deleted/,
  },
];
