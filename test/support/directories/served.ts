import { expect } from 'chai';
import { type Reply, type StartOptions, startServer, type TestServer } from '../start-server.ts';
import type { DirectoryLab } from './directory-lab.ts';
import type { DirectoryStore } from './directory-store.ts';

export const PEOPLE = 600;
export const PAGE = 200;
export const CUSTOM = 'urn:okta:onprem_app:1.0:user:custom';
export const USER = 'urn:scim:schemas:core:1.0';
/** Unit: ms. Short, so that a server that is back is tried soon. */
const SOON = { first: 20, longest: 60 };

/** Stable ids that two servers share, as replicas do. */
export const replicated = (ldif: string): string => {
  let number = 0;
  return ldif.replace(/^uid: .*$/gm, (line) => {
    number += 1;
    return `${line}\nentryUUID: 00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
  });
};

export const until = async (done: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await done())) await new Promise((resolve) => setTimeout(resolve, 5));
};

export interface Serving extends Omit<DirectoryStore, 'lab'> {
  readonly http?: StartOptions;
}

export async function serving<T>(
  lab: DirectoryLab,
  { http, connection, ...more }: Serving,
  work: (server: TestServer) => Promise<T>,
): Promise<T> {
  const store: DirectoryStore = { lab, connection: { backOff: SOON, ...connection }, ...more };
  const server = await startServer({ ...http, store });
  try {
    return await work(server);
  } finally {
    await server.close();
  }
}

export const page = (server: TestServer, number: number): Promise<Reply> =>
  server.request('GET', `/Users?startIndex=${number * PAGE + 1}&count=${PAGE}`);

/** Whole, or an error that says when to come back: never a short list. */
export function judge(reply: Reply): readonly string[] | undefined {
  if (reply.status === 200) {
    expect(reply.body).to.include({ totalResults: PEOPLE });
    expect(reply.body.Resources).to.have.length(PAGE);
    return reply.body.Resources.map(({ id }: { id: string }) => id);
  }
  expectAway(reply);
  return undefined;
}

export function expectAway(reply: Reply, text = /LDAP: .*ldaps:\/\/localhost/, status = 429): void {
  expect(reply.status, reply.text).to.equal(status);
  expect(reply.headers.get('Retry-After')).to.match(/^[1-9]\d*$/);
  expect(reply.body.Errors[0].description).to.match(text);
}

/** As Okta does after a 429: the same page again, until it comes. */
export async function insisted(server: TestServer, number: number): Promise<readonly string[]> {
  for (;;) {
    const ids = judge(await page(server, number));
    if (ids) return ids;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export const ready = async ({ url }: TestServer): Promise<number> =>
  (await fetch(`${new URL(url).origin}/readyz`)).status;

export const ann = (more: object = {}): object => ({
  schemas: [USER],
  userName: 'ann',
  active: true,
  name: { familyName: 'Lee' },
  ...more,
});
