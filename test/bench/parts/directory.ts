import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { install } from '../../support/directories/install.ts';
import { DirectoryLab } from '../../support/directories/lab.ts';
import { groupsLdif, peopleLdif } from '../../support/directories/people.ts';
import { shortestFile } from '../../support/directories/shortest-file.ts';
import { rawDump, rawMembership, rawSearches } from '../floors/ldap.ts';
import { Client, rate } from '../load.ts';
import type { Part } from '../part.ts';
import { PAGE } from '../people.ts';
import { shortly } from '../report.ts';
import { alternating, median } from '../rounds.ts';
import { ServerProcess, TOKEN } from '../server-process.ts';

const USERS = 100_000;
/** Of the group whose membership changes. */
const MEMBERS = 10_000;
const CONNECTIONS = 16;
const SECONDS = 2;
const SCHEMAS = ['urn:scim:schemas:core:1.0'];

const name = (n: number): string => `user${String((n * 7919) % USERS).padStart(6, '0')}`;
const eq = (attribute: string, value: string): string => `filter=${encodeURIComponent(`${attribute} eq "${value}"`)}`;

async function importAll(client: Client): Promise<number> {
  const started = performance.now();
  for (let start = 1; start <= USERS; start += PAGE) {
    const { status } = await client.send('GET', `/Users?startIndex=${start}&count=${PAGE}`);
    if (status !== 200) throw new Error(`page ${start}: ${status}`);
  }
  return (performance.now() - started) / 1000;
}

async function find(client: Client, path: string): Promise<Record<string, unknown> & { readonly id: string }> {
  const { text } = await client.send('GET', path);
  const [found] = (JSON.parse(text) as { Resources: { id: string }[] }).Resources;
  if (!found) throw new Error(`nobody at ${path}`);
  return found;
}

/** OpenLDAP with 100,000 people over LDAPS, as the account with the fewest rights. */
export const directory: Part = {
  name: 'directory',
  async run(report, folder) {
    const missing = install('openldap');
    if (missing !== undefined) return report.skip('directory', missing);
    const lab = await DirectoryLab.start('openldap');
    const { people, groups, service } = lab.flavour;
    await lab.load(`${peopleLdif(lab.flavour, USERS)}\n${groupsLdif(lab.flavour, 1, MEMBERS, USERS)}`);
    await lab.apply(`dn: uid=newcomer,${people}\nobjectClass: inetOrgPerson\nuid: newcomer\ncn: New\nsn: Comer\n`);
    const file = join(folder, 'directory.toml');
    writeFileSync(file, shortestFile(lab));
    const env = { LDAP_PASSWORD: service.password };
    const server = await ServerProcess.start(folder, ['--config', file, '--http'], { env });
    const client = new Client(server.url, { token: TOKEN, connections: CONNECTIONS });
    const ask = (n: number) => client.send('GET', `/Users?${eq('userName', name(n))}`);
    await report.row(
      'directory.eq',
      'userName eq, 16 connections, to raw pooled ldapts',
      { atLeast: 0.4 },
      async () => {
        const results = await alternating(5, {
          raw: () => rawSearches(lab, CONNECTIONS, SECONDS, name),
          ours: () => rate(CONNECTIONS, { seconds: SECONDS }, ask),
        });
        const [ours, raw] = [results.ours, results.raw].map((of) => median(of.map(({ perSecond }) => perSecond)));
        return { value: (ours ?? 0) / (raw ?? 1), beside: `${shortly(ours ?? 0)}/s; raw ${shortly(raw ?? 0)}/s` };
      },
    );
    await report.row('directory.import', 'import of 100,000, to ldapsearch -E pr=500', { atMost: 3 }, async () => {
      await importAll(client);
      const results = await alternating(3, { dump: () => rawDump(lab), ours: () => importAll(client) });
      const [ours, dump] = [median(results.ours), median(results.dump)];
      return { value: ours / dump, beside: `${shortly(ours)} s; the dump ${shortly(dump)} s` };
    });
    await report.row('directory.memory', 'resident memory at its highest', { atMost: 180 }, () => {
      const { peak, now } = server.memory;
      return { value: peak, unit: 'MB', beside: `${now} MB now` };
    });
    const group = await find(client, `/Groups?${eq('displayName', 'group00000')}`);
    const person = await find(client, `/Users?${eq('userName', 'newcomer')}`);
    await report.row('directory.patch', '±1 of 10,000 by PATCH, to the raw modify', { atMost: 1.5 }, async () => {
      // One changes what the other left.
      let isIn = false;
      const isMore = (): boolean => {
        isIn = !isIn;
        return isIn;
      };
      const results = await alternating(5, {
        raw: () => rawMembership(lab, `cn=group00000,${groups}`, `uid=newcomer,${people}`, 1, isMore),
        ours: () =>
          rate(1, { seconds: 1 }, () =>
            client.send('PATCH', `/Groups/${group.id}?attributes=displayName`, {
              schemas: SCHEMAS,
              members: [{ value: person.id, ...(isMore() ? {} : { operation: 'delete' }) }],
            }),
          ),
      });
      const [ours, raw] = [results.ours, results.raw].map((of) => median(of.map((one) => one.median)));
      return { value: (ours ?? 0) / (raw ?? 1), beside: `${shortly(ours ?? 0)} ms; raw ${shortly(raw ?? 0)} ms` };
    });
    await report.row('directory.put', '±1 of 10,000 by PUT, CPU', { atMost: 40 }, async () => {
      const members = group['members'] as readonly object[];
      const cpu: number[] = [];
      for (let round = 0; round < 8; round += 1) {
        const before = server.cpu;
        const more = round % 2 === 0 ? [{ value: person.id }] : [];
        const body = { schemas: SCHEMAS, displayName: 'group00000', members: [...members, ...more] };
        const { status, text } = await client.send('PUT', `/Groups/${group.id}`, body);
        if (status !== 200) throw new Error(`unexpected ${status}: ${text.slice(0, 200)}`);
        cpu.push(server.cpu - before);
      }
      return { value: median(cpu.slice(2)), unit: 'ms' };
    });
    client.close();
    await server.stop();
    await lab.remove();
  },
};
