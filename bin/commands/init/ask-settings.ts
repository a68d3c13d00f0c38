import { hostname } from 'node:os';
import type { Flag } from '../../../connector/config/load/setting-sources.ts';
import { isAgentInstalled } from '../../host/installed-agent.ts';
import { type Ask, asking } from '../../terminal/ask.ts';

const like =
  (pattern: RegExp) =>
  (answer: string): boolean =>
    pattern.test(answer);

const isPort = (answer: string): boolean => /^[1-9]\d{0,4}$/.test(answer) && Number(answer) <= 65_535;

const setting = (value: unknown, ...path: string[]): Flag => ({ path, name: `--${path.join('.')}`, value });

async function reach(ask: Ask): Promise<readonly Flag[]> {
  const standard = isAgentInstalled() ? 'y' : 'n';
  const local = await ask("Does Okta's agent run on this machine (y/n)", standard, like(/^[yn]$/i));
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

/** Asks on the terminal; each question has an answer that Enter takes. @throws CommandError interrupted */
export const askSettings = (): Promise<readonly Flag[]> =>
  asking(async (ask) => [...(await reach(ask)), ...(await login(ask))]);
