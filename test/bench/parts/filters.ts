import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { install } from '../../support/directories/install.ts';
import { DirectoryLab } from '../../support/directories/lab.ts';
import { peopleLdif } from '../../support/directories/people.ts';
import { shortestFile } from '../../support/directories/shortest-file.ts';
import { Client } from '../load.ts';
import type { Part } from '../part.ts';
import type { Figure } from '../report.ts';
import { median } from '../rounds.ts';
import { ServerProcess, TOKEN } from '../server-process.ts';

/** Samba takes minutes to load ten thousand. */
const USERS = { openldap: 10_000, '389ds': 10_000, samba: 1000 } as const;
const ROUNDS = 5;

/** The agent's questions to each directory: none may read everybody. */
export const filters: Part = {
  name: 'filters',
  async run(report, folder) {
    for (const name of ['openldap', '389ds', 'samba'] as const) {
      if (!report.wants(`filters.${name}`)) continue;
      const missing = install(name);
      if (missing !== undefined) {
        report.skip(`filters.${name}`, missing);
        continue;
      }
      const lab = await DirectoryLab.start(name);
      await lab.load(peopleLdif(lab.flavour, USERS[name]));
      const file = join(folder, `${name}.toml`);
      writeFileSync(file, shortestFile(lab));
      const env = { LDAP_PASSWORD: lab.flavour.service.password };
      const server = await ServerProcess.start(folder, ['--config', file, '--http'], { env });
      const client = new Client(server.url, { token: TOKEN });
      /** Unit: ms. The first does not count. */
      const time = async (path: string): Promise<Figure> => {
        const times: number[] = [];
        for (let round = 0; round <= ROUNDS; round += 1) {
          const started = performance.now();
          const { status } = await client.send('GET', path);
          if (status !== 200) throw new Error(`${path}: ${status}`);
          times.push(performance.now() - started);
        }
        return { value: median(times.slice(1)), unit: 'ms', beside: `the first ${(times[0] ?? 0).toFixed(0)} ms` };
      };
      const asking = (filter: string): string => `/Users?filter=${encodeURIComponent(filter)}&startIndex=1&count=200`;
      const rows = [
        ['eq', 'userName eq', asking('userName eq "nobody@lab.example.com"')],
        ['sw', 'userName sw', asking('userName sw "nobod"')],
        ['email', 'emails eq', asking('emails eq "nobody@example.com"')],
        ['one', 'count=1, no filter', '/Users?startIndex=1&count=1'],
      ] as const;
      for (const [row, what, path] of rows)
        await report.row(`filters.${name}.${row}`, `${what}, of ${USERS[name]}, ${name}`, { atMost: 100 }, () =>
          time(path),
        );
      client.close();
      await server.stop();
      await lab.remove();
    }
  },
};
