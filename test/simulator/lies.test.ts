import { expect } from 'chai';
import { Okta } from '../../connector/simulator/company/okta.ts';
import { HttpClient } from '../../connector/simulator/http-client.ts';
import { agent11 } from '../../connector/simulator/manner/agent.ts';
import { cloud } from '../../connector/simulator/manner/cloud.ts';
import { entra } from '../../connector/simulator/manner/entra.ts';
import type { Manner } from '../../connector/simulator/manner/manner.ts';
import { Random } from '../../connector/simulator/random.ts';
import { startServer } from '../support/start-server.ts';
import { type Lie, LyingSender } from './lying-sender.ts';

const isPut =
  (of: 'Users' | 'Groups') =>
  ({ method, path }: { method: string; path: string }): boolean =>
    method === 'PUT' && path.includes(`/${of}/`);

const isPatch =
  (of: 'Users' | 'Groups', op: string) =>
  ({ method, path, body }: { method: string; path: string; body?: { Operations?: { op: string }[] } }): boolean =>
    method === 'PATCH' && path.includes(`/${of}/`) && body?.Operations?.at(-1)?.op === op;

/** A bug of a connector, and the sentence in which the comparison must tell it. */
const LIES: Readonly<Record<string, Lie & { readonly sentence: RegExp; readonly manner?: Manner }>> = {
  'the second e-mail is dropped': {
    every: 1,
    about: ({ method, body }) => method !== 'GET' && body?.emails?.length === 2,
    heard: (body) => ({ ...body, emails: body.emails.slice(0, 1) }),
    sentence:
      /^user p\d+@example\.com \(.+\): secondEmail is believed to be "home\d+@.+" and was found as .+; last messages: /,
  },
  'an update is lost': {
    every: 6,
    about: isPut('Users'),
    heard: () => undefined,
    sentence: /^user .+: (\w+|custom\.\w+) is believed to be .+ and was found as/,
  },
  'a deactivation is not kept': {
    every: 5,
    about: (request) => isPut('Users')(request) && request.body.active === false,
    heard: (body) => ({ ...body, active: true }),
    sentence: /^user .+: active is believed to be "false" and was found as "true"/,
  },
  'a member is lost': {
    every: 2,
    about: (request) => isPut('Groups')(request) && request.body.members?.length > 1,
    heard: (body) => ({ ...body, members: body.members.slice(1) }),
    sentence: /^group ogroup \d+ \(.+\): members is believed to be .+ and was found as/,
  },
  'somebody is lost from an import': {
    every: 1,
    about: ({ method, path }) => method === 'GET' && path.includes('/Users?startIndex=1&'),
    told: ({ Resources, totalResults, itemsPerPage, ...list }) => ({
      ...list,
      Resources: Resources.slice(1),
      totalResults: totalResults - 1,
      itemsPerPage: itemsPerPage - 1,
    }),
    sentence: /^user .+ (is lost|was lost from an import); last messages/,
  },
  'an incremental import is told of nothing': {
    every: 1,
    about: ({ path }) => path.includes('/Users?filter=meta.lastModified'),
    told: (list) => ({ ...list, Resources: [], totalResults: 0, itemsPerPage: 0 }),
    sentence: /^imports told Okta of user .+ and there is .+; last messages/,
  },
  'a member added by PATCH is lost': {
    manner: cloud,
    every: 2,
    about: isPatch('Groups', 'add'),
    heard: (body) => ({ ...body, Operations: body.Operations.slice(0, -1) }),
    sentence: /^group ogroup \d+ \(.+\): member .+ is believed to be "in" and was found as "out"/,
  },
  'a member removed by PATCH stays': {
    manner: entra,
    every: 1,
    about: isPatch('Groups', 'Remove'),
    heard: (body) => ({ ...body, Operations: [{ op: 'add', path: 'members', value: [] }] }),
    sentence: /^group ogroup \d+ \(.+\): member .+ is believed to be "out" and was found as "in"/,
  },
  'a PATCH of a profile is half done': {
    manner: entra,
    every: 3,
    about: isPatch('Users', 'Replace'),
    heard: (body) => ({ ...body, Operations: body.Operations.slice(0, -2) }),
    sentence: /^user p\d+.+: mobilePhone is believed to be .+ and was found as/,
  },
  'somebody is made twice': {
    every: 1,
    about: ({ method, path }) => method === 'GET' && path.includes('/Users?startIndex=1&'),
    told: ({ Resources, totalResults, itemsPerPage, ...list }) => ({
      ...list,
      Resources: [...Resources, { ...Resources[0], id: 'another' }],
      totalResults: totalResults + 1,
      itemsPerPage: itemsPerPage + 1,
    }),
    sentence: /^user .+ \(another\) is there and Okta made no such one/,
  },
  'a lookup finds nobody': {
    every: 3,
    about: ({ method, path }) => method === 'GET' && path.includes('/Users?filter=userName'),
    told: (list) => ({ ...list, Resources: [], totalResults: 0, itemsPerPage: 0 }),
    sentence: /^user .+ is not found by userName/,
  },
};

describe('The comparison of belief and backend', () => {
  for (const [title, lie] of Object.entries(LIES)) {
    it(`tells that ${title}`, async () => {
      const server = await startServer();
      const sender = new LyingSender(new HttpClient(), lie);
      const okta = new Okta({
        nodes: [server.url],
        sender,
        random: new Random(1),
        manners: [lie.manner ?? agent11],
        store: { atomic: true, appends: true, custom: !lie.manner, description: !lie.manner },
        most: 20,
      });
      await okta.work(300);
      await okta.compare();
      expect(okta.beliefs.divergences.join('\n')).to.match(new RegExp(lie.sentence.source, 'm'));
      sender.close();
      await server.close();
    });
  }
});
