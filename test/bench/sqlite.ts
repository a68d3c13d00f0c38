/**
 * npm run bench [-- [sqlite] USERS]: the real server beside floors measured in the same run. Prints a table; asserts nothing.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rawSqlite, startBareServer } from './floors.ts';
import { Client, type Rate, rate } from './load.ts';
import { ServerProcess, TOKEN } from './server-process.ts';

const USERS = Number(process.argv.slice(2).filter((word) => word !== 'sqlite')[0] ?? 100_000);
const PAGE = 200;
const SECONDS = 5;
const WORKERS = 16;

const rows: string[][] = [['what', 'per second', 'median ms', 'p99 ms', 'ratio', 'aim']];
const fixed = (n: number, digits = 1): string => n.toFixed(digits);
const report = (what: string, { perSecond, median, p99 }: Rate, ratio?: number, aim = ''): void => {
  rows.push([
    what,
    fixed(perSecond, 0),
    fixed(median, 2),
    fixed(p99, 2),
    ratio === undefined ? '' : fixed(ratio, 2),
    aim,
  ]);
};
const note = (what: string, value: string, aim = ''): void => {
  rows.push([what, value, '', '', '', aim]);
};

const name = (n: number): string => `user${String(n).padStart(7, '0')}@example.com`;
const user = (n: number): object => ({
  schemas: [
    'urn:scim:schemas:core:1.0',
    'urn:scim:schemas:extension:enterprise:1.0',
    'urn:okta:bench_1:1.0:user:custom',
  ],
  userName: name(n),
  name: { formatted: `Given Family ${n}`, givenName: 'Given', familyName: `Family ${n}` },
  emails: [
    { value: name(n), primary: true, type: 'primary' },
    { value: `private${n}@example.net`, type: 'secondary' },
  ],
  phoneNumbers: [{ value: '+46 70 000 00 00', primary: true, type: 'mobile' }],
  active: true,
  'urn:okta:bench_1:1.0:user:custom': { departmentName: `Department ${n % 97}` },
});

const onFile = (file: string): readonly string[] => ['--backend', 'sqlite', '--db', file];

const folder = mkdtempSync(join(tmpdir(), 'connector-bench-'));
try {
  const bare = await startBareServer();
  const floor = await rate(
    WORKERS,
    { seconds: SECONDS },
    (
      (client) => () =>
        client.send('GET', '/')
    )(new Client(bare.url)),
  );
  bare.stop();
  report('floor: bare node:http server', floor);
  const raw = rawSqlite(folder, 2);
  note('floor: SQLite commits of one row', fixed(raw.commits, 0));
  note('floor: SQLite pages of 200 by key', fixed(raw.pages, 0));

  const file = join(folder, 'people.db');
  const started = performance.now();
  const server = await ServerProcess.start(folder, [...onFile(file), '--http']);
  const client = new Client(server.url, { token: TOKEN });
  await client.send('GET', '/ServiceProviderConfigs');
  note('start to first 200', `${fixed(performance.now() - started, 0)} ms`, '<= 400 ms');

  const seeding = await rate(WORKERS, { seconds: 600, most: USERS }, (n) => client.send('POST', '/Users', user(n)));
  report(`POST, ${WORKERS} at a time, durable`, seeding, seeding.perSecond / raw.commits, '>= 1.5 or 2000/s');

  const sample = JSON.parse((await client.send('GET', `/Users?startIndex=1&count=${PAGE}`)).text) as {
    Resources: { id: string; userName: string }[];
  };
  const ids = sample.Resources.map(({ id }) => id);
  // Seeded side by side, so the order is not that of the numbers.
  const numbers = sample.Resources.map(({ userName }) => Number(/\d+/.exec(userName)?.[0]));
  const byId = await rate(WORKERS, { seconds: SECONDS }, (n) => client.send('GET', `/Users/${ids[n % ids.length]}`));
  report('GET by id', byId, byId.perSecond / floor.perSecond, '>= 0.25');
  const filter = (n: number): string =>
    `/Users?filter=${encodeURIComponent(`userName eq "${name((n * 7919) % USERS)}"`)}&startIndex=1&count=${PAGE}`;
  const byName = await rate(WORKERS, { seconds: SECONDS }, (n) => client.send('GET', filter(n)));
  report('userName eq', byName, byName.perSecond / floor.perSecond, '>= 0.25');
  const put = await rate(WORKERS, { seconds: SECONDS }, (n) =>
    client.send('PUT', `/Users/${ids[n % ids.length]}`, { ...user(numbers[n % ids.length] ?? 0), title: `t${n}` }),
  );
  report('PUT with a change', put, put.perSecond / raw.commits);

  await importAll(client, server, 'HTTP');
  client.close();
  await server.stop();

  const secure = await ServerProcess.start(folder, onFile(file));
  const ca = readFileSync(join(folder, 'tls', 'ca.crt'), 'utf8');
  const secureClient = new Client(secure.url, { token: TOKEN, ca });
  const overTls = await rate(WORKERS, { seconds: SECONDS }, (n) =>
    secureClient.send('GET', `/Users/${ids[n % ids.length]}`),
  );
  report('GET by id over HTTPS', overTls, overTls.perSecond / floor.perSecond);
  await importAll(secureClient, secure, 'HTTPS');
  secureClient.close();
  await secure.stop();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** As the agent does: one page after the other. */
async function importAll(client: Client, server: ServerProcess, scheme: string): Promise<void> {
  const times: number[] = [];
  const begun = performance.now();
  for (let start = 1; start <= USERS; start += PAGE) {
    const before = performance.now();
    const { status, text } = await client.send('GET', `/Users?startIndex=${start}&count=${PAGE}`);
    if (status !== 200 || !text.includes(`"totalResults":${USERS}`)) throw new Error(`page ${start}: ${status}`);
    times.push(performance.now() - before);
  }
  const total = performance.now() - begun;
  const median = (list: readonly number[]): number => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
  const [first, last] = [median(times.slice(0, 10)), median(times.slice(-10))];
  note(`${scheme} import of ${USERS} at count=${PAGE}`, `${fixed(total / 1000)} s`, '<= 10 s');
  note(
    `  first page, last page (median of 10)`,
    `${fixed(first)} ms, ${fixed(last)} ms, ratio ${fixed(last / first, 2)}`,
    '<= 1.2',
  );
  const { now, peak } = server.memory();
  note('  resident memory now, highest', `${now} MB, ${peak} MB`, '<= 150 MB');
}

const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length))) ?? [];
process.stdout.write(
  `${rows
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')}\n`,
);
