/**
 * npm run bench -- ldap [USERS]: the real server on a real OpenLDAP over LDAPS with the least-privilege account, beside
 * floors measured in the same run. Prints a table; asserts nothing.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DirectoryLab } from '../support/directories/lab.ts';
import { groupsLdif, peopleLdif } from '../support/directories/people.ts';
import { shortestFile } from '../support/directories/shortest-file.ts';
import { rawDump, rawMembership, rawSearches } from './ldap-floors.ts';
import { Client, type Rate, rate } from './load.ts';
import { ServerProcess, TOKEN } from './server-process.ts';

const SIZES = process.argv[3] === undefined ? [10_000, 100_000] : [Number(process.argv[3])];
const PAGE = 200;
const SECONDS = 5;
const WORKERS = 16;
/** Of the group whose membership changes. */
const MEMBERS = 10_000;

const print = (what: string, value: string, aim = ''): void => {
  process.stdout.write(`${what.padEnd(46)}  ${value.padEnd(44)}  ${aim}`.trimEnd().concat('\n'));
};
const fixed = (n: number, digits = 1): string => n.toFixed(digits);
const speed = ({ perSecond, median, p99 }: Rate): string =>
  `${fixed(perSecond, 0)}/s, median ${fixed(median, 2)} ms, p99 ${fixed(p99, 2)} ms`;
const median = (list: readonly number[]): number => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
const name = (n: number): string => `user${String(n).padStart(6, '0')}`;

/** As the agent does: one page after the other. Unit: s. */
async function importAll(client: Client, users: number): Promise<number> {
  const times: number[] = [];
  const begun = performance.now();
  for (let start = 1; start <= users; start += PAGE) {
    const before = performance.now();
    const { status, text } = await client.send('GET', `/Users?startIndex=${start}&count=${PAGE}`);
    if (status !== 200 || !text.includes(`"totalResults":${users}`)) throw new Error(`page ${start}: ${status}`);
    times.push(performance.now() - before);
  }
  const total = (performance.now() - begun) / 1000;
  // The first takes the list of ids, and is reported by itself.
  const [first, second, last] = [times[0] ?? 0, median(times.slice(1, 11)), median(times.slice(-10))];
  print(
    '  first page, with the list of all ids',
    `${fixed(first)} ms; the longest ${fixed(Math.max(...times))} ms`,
    '< 30 s',
  );
  print(
    '  next pages, last pages (median of 10)',
    `${fixed(second)} ms, ${fixed(last)} ms, ratio ${fixed(last / second, 2)}`,
    '<= 1.2',
  );
  return total;
}

async function groupChanges(client: Client): Promise<Rate> {
  const query = (filter: string): string => `filter=${encodeURIComponent(filter)}`;
  const find = async (path: string): Promise<string> => {
    const { text } = await client.send('GET', path);
    return (JSON.parse(text) as { Resources: { id: string }[] }).Resources[0]?.id ?? '';
  };
  const group = await find(`/Groups?${query('displayName eq "group00000"')}&attributes=displayName`);
  const person = await find(`/Users?${query('userName eq "newcomer"')}`);
  const schemas = ['urn:scim:schemas:core:1.0'];
  return rate(1, { seconds: SECONDS }, (n) =>
    client.send('PATCH', `/Groups/${group}?attributes=displayName`, {
      schemas,
      members: [{ value: person, ...(n % 2 === 0 ? {} : { operation: 'delete' }) }],
    }),
  );
}

async function measure(users: number, folder: string): Promise<void> {
  print(`\nOpenLDAP with ${users} users`, '');
  const lab = await DirectoryLab.start('openldap');
  try {
    await lab.load(`${peopleLdif(lab.flavour, users)}\n${groupsLdif(lab.flavour, 1, Math.min(users, MEMBERS), users)}`);
    const { people, groups } = lab.flavour;
    await lab.apply(`dn: uid=newcomer,${people}\nobjectClass: inetOrgPerson\nuid: newcomer\ncn: New\nsn: Comer\n`);
    const all = users + 1;
    const file = join(folder, `${users}.toml`);
    writeFileSync(file, shortestFile(lab));
    const dump = await rawDump(lab);
    print('floor: ldapsearch -E pr=500, everything', `${fixed(dump, 2)} s`);
    const searches = await rawSearches(lab, WORKERS, SECONDS, (n) => name((n * 7919) % users));
    print('floor: one connection, 16 equality searches', speed(searches));
    const member = await rawMembership(lab, `cn=group00000,${groups}`, `uid=newcomer,${people}`, SECONDS);
    print(`floor: ±1 of ${Math.min(users, MEMBERS)} members`, speed(member));
    const server = await ServerProcess.start(folder, ['--config', file, '--http'], {
      LDAP_PASSWORD: lab.flavour.service.password,
    });
    const client = new Client(server.url, { token: TOKEN });
    try {
      for (const round of ['first', 'second']) {
        const total = await importAll(client, all);
        const aim = users === 10_000 ? '<= 3 s' : `<= ${fixed(8 * dump)} s (8 x the dump)`;
        print(`import of everybody, ${round} time`, `${fixed(total, 2)} s, ${fixed(total / dump, 1)} x the dump`, aim);
      }
      const { now, peak } = server.memory();
      print('resident memory now, highest', `${now} MB, ${peak} MB`, '<= 200 MB');
      const filter = (n: number): string => encodeURIComponent(`userName eq "${name((n * 7919) % users)}"`);
      const eq = await rate(WORKERS, { seconds: SECONDS }, (n) => client.send('GET', `/Users?filter=${filter(n)}`));
      print(
        'userName eq, 16 connections',
        `${speed(eq)}; ratio ${fixed(eq.perSecond / searches.perSecond, 2)}`,
        '>= 0.3',
      );
      const change = await groupChanges(client);
      print('±1 member by PATCH', `${speed(change)}; ${fixed(change.median / member.median, 1)} x raw`, '<= 2 x');
    } finally {
      client.close();
      await server.stop();
    }
  } finally {
    await lab.remove();
  }
}

const folder = mkdtempSync(join(tmpdir(), 'connector-bench-'));
try {
  for (const users of SIZES) await measure(users, folder);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
