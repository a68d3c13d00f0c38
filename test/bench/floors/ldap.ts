import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Attribute, Change, Client, EqualityFilter } from 'ldapts';
import type { DirectoryLab } from '../../support/directories/lab.ts';
import { type Rate, rate } from '../load.ts';

/** Everything below the people's base through the server's own tool, page by page. Unit: s. */
export async function rawDump({ url, authorityFile, flavour }: DirectoryLab): Promise<number> {
  const { dn, password } = flavour.service;
  // libldap compares the certificate with the machine's own name when told "localhost".
  const address = url.replace('localhost', '127.0.0.1');
  const words = ['-x', '-LLL', '-H', address, '-D', dn, '-w', password, '-E', '!pr=500/noprompt', '-b', flavour.people];
  const started = performance.now();
  const child = spawn('ldapsearch', [...words, '(objectClass=inetOrgPerson)', '*', '+'], {
    env: { ...process.env, LDAPTLS_CACERT: authorityFile },
    stdio: 'ignore',
  });
  const [code] = (await once(child, 'exit')) as [number];
  if (code !== 0) throw new Error(`ldapsearch ended with ${code}`);
  return (performance.now() - started) / 1000;
}

async function bound({ url, authority, flavour }: DirectoryLab): Promise<Client> {
  const client = new Client({ url, tlsOptions: { ca: authority }, timeout: 60_000 });
  await client.bind(flavour.service.dn, flavour.service.password);
  return client;
}

const ATTRIBUTES = ['uid', 'cn', 'sn', 'givenName', 'displayName', 'mail', 'title', 'employeeNumber', 'entryUUID'];

/** More add nothing. */
const POOL = 4;

/** Equality searches over a pool of bound connections, as many under way as workers. */
export async function rawSearches(
  lab: DirectoryLab,
  workers: number,
  seconds: number,
  name: (n: number) => string,
): Promise<Rate> {
  const { flavour } = lab;
  const clients = await Promise.all(Array.from({ length: POOL }, () => bound(lab)));
  const result = await rate(workers, { seconds }, async (n) => {
    const { searchEntries } = await (clients[n % POOL] as Client).search(flavour.people, {
      scope: 'sub',
      filter: new EqualityFilter({ attribute: 'uid', value: name(n) }),
      attributes: ATTRIBUTES,
      timeLimit: 0,
    });
    return { status: searchEntries.length === 1 ? 200 : 500, text: '' };
  });
  await Promise.all(clients.map((client) => client.unbind()));
  return result;
}

/** One member in, one member out, of a group that has many. @param isMore  whether the next is in */
export async function rawMembership(
  lab: DirectoryLab,
  group: string,
  member: string,
  seconds: number,
  isMore: () => boolean,
): Promise<Rate> {
  const client = await bound(lab);
  const result = await rate(1, { seconds }, async () => {
    const modification = new Attribute({ type: 'member', values: [member] });
    await client.modify(group, new Change({ operation: isMore() ? 'add' : 'delete', modification }));
    return { status: 200, text: '' };
  });
  await client.unbind();
  return result;
}
