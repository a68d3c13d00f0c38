import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import Database from 'better-sqlite3';

/** A server that does nothing but answer: the ceiling for any server in this language, and for the client. */
const BARE = `
const body = Buffer.from(JSON.stringify({ pad: 'x'.repeat(970) }));
require('node:http').createServer((request, response) => {
  request.resume().on('end', () => {
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': body.length }).end(body);
  });
}).listen(0, '127.0.0.1', function () { console.log(this.address().port); });`;

export async function startBareServer(): Promise<{ url: string; stop(): void }> {
  const child = spawn(process.execPath, ['-e', BARE], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [port] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return { url: `http://127.0.0.1:${port}`, stop: () => child.kill() };
}

const document = (n: number): string => JSON.stringify({ userName: `bare${n}`, displayName: 'x'.repeat(500) });

/** Raw SQLite with our durability: rows per second, one commit each, and pages of 200 by key. */
export function rawSqlite(folder: string, seconds: number): { commits: number; pages: number } {
  const database = new Database(join(folder, 'floor.db'));
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.exec('CREATE TABLE user (seq INTEGER PRIMARY KEY, name TEXT UNIQUE, doc TEXT)');
  const insert = database.prepare('INSERT INTO user (name, doc) VALUES (?, ?)');
  const started = performance.now();
  let rows = 0;
  for (; performance.now() - started < seconds * 1000; rows += 1) insert.run(`bare${rows}`, document(rows));
  const commits = rows / ((performance.now() - started) / 1000);
  const page = database.prepare('SELECT seq, doc FROM user WHERE seq > ? ORDER BY seq LIMIT 200');
  const from = performance.now();
  let pages = 0;
  for (; performance.now() - from < seconds * 1000; pages += 1) page.all((pages * 200) % Math.max(1, rows - 200));
  const perSecond = pages / ((performance.now() - from) / 1000);
  database.close();
  return { commits, pages: perSecond };
}
