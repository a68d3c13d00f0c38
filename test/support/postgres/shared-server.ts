import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { exclusively } from '../directories/claim.ts';
import { PLACE, type SharedServer } from './shared-place.ts';

/** @returns nothing where nobody keeps one */
function ask(): Promise<SharedServer | undefined> {
  return new Promise((resolve) => {
    // It stays open for as long as this process lives.
    const socket = connect(`\0${PLACE}`).setEncoding('utf8');
    let line = '';
    socket.on('data', (text: string) => {
      line += text;
      if (!line.endsWith('\n')) return;
      socket.unref();
      resolve(JSON.parse(line));
    });
    socket.on('error', () => resolve(undefined)).on('close', () => resolve(undefined));
  });
}

async function startOrJoin(): Promise<SharedServer> {
  const there = await ask();
  if (there !== undefined) return there;
  const keeper = spawn(process.execPath, [join(import.meta.dirname, 'shared-keeper.ts')], {
    detached: true,
    stdio: 'ignore',
  });
  keeper.unref();
  for (;;) {
    const started = await ask();
    if (started !== undefined) return started;
    if (keeper.exitCode !== null) throw new Error('the shared PostgreSQL does not start; see shared-keeper.ts');
    await pause(20);
  }
}

let shared: Promise<SharedServer> | undefined;

/** The server that all test processes share, started by the first that needs it. Nobody may stop or freeze it. */
export function sharedServer(): Promise<SharedServer> {
  shared ??= exclusively('shared-postgres', startOrJoin);
  return shared;
}
