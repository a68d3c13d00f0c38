import { hostname } from 'node:os';
import { createInterface } from 'node:readline';
import type { Flag } from '../../connector/config/load/setting-sources.ts';
import { EXIT } from '../cli/exit-codes.ts';
import { CommandError } from '../cli/failure.ts';

type Ask = (question: string, standard: string, valid: (answer: string) => boolean) => Promise<string>;

const like =
  (pattern: RegExp) =>
  (answer: string): boolean =>
    pattern.test(answer);

const isPort = (answer: string): boolean => /^[1-9]\d{0,4}$/.test(answer) && Number(answer) <= 65_535;

const setting = (value: unknown, ...path: string[]): Flag => ({ path, name: `--${path.join('.')}`, value });

async function reach(ask: Ask, agentIsHere: boolean): Promise<readonly Flag[]> {
  const local = await ask("Does Okta's agent run on this machine (y/n)", agentIsHere ? 'y' : 'n', like(/^[yn]$/i));
  const port = await ask('Port', '8443', isPort);
  if (/^y/i.test(local)) return [setting(`127.0.0.1:${port}`, 'server', 'listen')];
  const host = await ask('Name the agent calls this machine by', hostname().toLowerCase(), like(/^[A-Za-z0-9.-]+$/));
  return [
    setting(`:${port}`, 'server', 'listen'),
    setting(`https://${host}:${port}`, 'server', 'base_url'),
    setting([host], 'tls', 'names'),
  ];
}

async function login(ask: Ask): Promise<readonly Flag[]> {
  const method = await ask('Authorization type in Okta (header/basic)', 'header', like(/^(header|basic)$/));
  return [setting(method, 'auth', 'method')];
}

/** What answers depend on. */
export interface Surroundings {
  /** Okta's agent is installed on this machine. */
  readonly agentIsHere: boolean;
}

/** Asks on the terminal; each question has an answer that Enter takes. @throws CommandError interrupted */
export async function askSettings({ agentIsHere }: Surroundings): Promise<readonly Flag[]> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  terminal.once('SIGINT', () => terminal.close());
  // An iterator and not `question`, which loses what is typed ahead.
  const lines = terminal[Symbol.asyncIterator]();
  const ask: Ask = async (question, standard, valid) => {
    for (;;) {
      process.stderr.write(`${question} [${standard}]: `);
      const line = await lines.next();
      if (line.done) throw new CommandError(EXIT.interrupted, '\ninterrupted: nothing was written');
      const answer = line.value.trim() || standard;
      if (valid(answer)) return answer;
      process.stderr.write(`  that does not fit; Enter takes ${standard}\n`);
    }
  };
  try {
    return [...(await reach(ask, agentIsHere)), ...(await login(ask))];
  } finally {
    terminal.close();
  }
}
