import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { addCredential } from '../../connector/auth/credentials/add-credential.ts';
import { hashPassword } from '../../connector/secrets/password-hash.ts';
import type { Bench, Trial } from './trial.ts';
import type { TrialServer } from './trial-server.ts';

const USERNAME = 'okta-agent';
const CONNECTIONS = 150;
const LOGINS = 20;

/** How the connector knows the password: made by it, made by a version that hashed passwords, or fixed by the operator. */
type Keeping = 'issued' | 'hashed' | 'fixed';

interface Login {
  readonly password: string;
  readonly env: Readonly<Record<string, string>>;
}

async function newLogin(keeping: Keeping, folder: string, name: string): Promise<Login> {
  if (keeping === 'issued') return { password: await addCredential(folder, { name, basic: USERNAME }), env: {} };
  const password = randomBytes(24).toString('base64url');
  if (keeping === 'fixed')
    return { password, env: { CONNECTOR_AUTH__USERNAME: USERNAME, CONNECTOR_AUTH__PASSWORD: password } };
  const credential = { kind: 'basic', name, created: new Date().toISOString(), username: USERNAME };
  const credentials = [{ ...credential, hash: await hashPassword(password) }];
  writeFileSync(join(folder, 'credentials.json'), JSON.stringify({ version: 1, credentials }));
  return { password, env: {} };
}

/** One caller with a connection of its own. @returns the status, or 0 when the connection was cut */
class Caller {
  readonly #agent: Agent;
  readonly #server: TrialServer;

  constructor(server: TrialServer, localAddress: string) {
    this.#server = server;
    this.#agent = new Agent({ keepAlive: true, maxSockets: 1, ca: server.authority, localAddress });
  }

  knock(password: string): Promise<number> {
    return new Promise((resolve) => {
      const headers = { Authorization: `Basic ${Buffer.from(`${USERNAME}:${password}`).toString('base64')}` };
      const sent = request(`${this.#server.url}/Users?count=1`, { agent: this.#agent, headers }, (response) => {
        response.resume().on('close', () => resolve(response.statusCode ?? 0));
      });
      sent.on('error', () => resolve(0)).end();
    });
  }

  hangUp(): void {
    this.#agent.destroy();
  }
}

interface Siege {
  readonly guesses: number;
  readonly compared: number;
}

/** Guesses from all addresses until `over` is told. */
async function besiege(
  server: TrialServer,
  addresses: readonly string[],
  over: AbortSignal,
  fail: Bench['fail'],
): Promise<Siege> {
  let guesses = 0;
  let compared = 0;
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async (_, i) => {
      const caller = new Caller(server, addresses[i % addresses.length] ?? '127.0.0.2');
      while (!over.aborted) {
        const status = await caller.knock(`Sommer${guesses}`);
        guesses += 1;
        if (status === 401) compared += 1;
        if (status !== 0 && status < 400) fail(`a guess was answered ${status}`);
        if (status === 0) await pause(10);
      }
      caller.hangUp();
    }),
  );
  return { guesses, compared };
}

async function logIn(
  server: TrialServer,
  address: string,
  password: string,
  about: string,
  bench: Bench,
): Promise<void> {
  const caller = new Caller(server, address);
  for (let login = 1; login <= LOGINS; login += 1) {
    const status = await caller.knock(password);
    if (status !== 200) bench.fail(`${about}: login ${login} of ${LOGINS} was answered ${status}`);
  }
  caller.hangUp();
}

export const breakIn: Trial = {
  promise: 'while others guess passwords from many addresses, the right one is never refused, from the start on',
  counts: 'sieges',
  count: 12,
  patience: 60,
  run: async (bench) => {
    let [guesses, plainly] = [0, 0];
    for (let round = 1; round <= bench.count; round += 1) {
      const keeping = (['issued', 'hashed', 'fixed'] as const)[round % 3] ?? 'issued';
      const folder = join(bench.folder, `siege-${round}`);
      mkdirSync(folder);
      const { password, env } = await newLogin(keeping, folder, `siege-${round}`);
      const server = await bench.serve({ folder, words: ['--auth', 'basic'], env });
      const addresses = Array.from({ length: 1 + bench.random.below(60) }, (_, i) => `127.0.1.${i + 1}`);
      // Also from where guesses come: what was made by the connector cannot be guessed, and is judged all the same.
      const own = keeping === 'issued' && bench.random.below(2) === 0 ? (addresses[0] ?? '') : '127.0.0.1';
      const over = new AbortController();
      const siege = besiege(server, addresses, over.signal, bench.fail);
      await pause(bench.random.below(500));
      await logIn(server, own, password, `${keeping}, ${addresses.length} addresses`, bench);
      over.abort();
      const made = await siege;
      guesses += made.guesses;
      plainly += made.compared;
      await server.stop();
    }
    return { guesses, 'answered 401': plainly, logins: bench.count * LOGINS };
  },
};
