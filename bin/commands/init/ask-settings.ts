import { hostname } from 'node:os';
import type { Flag } from '../../../connector/config/load/setting-sources.ts';
import { isAgentInstalled } from '../../host/installed-agent.ts';
import { type Ask, asking } from '../../terminal/ask.ts';
import type { Terminal } from '../../terminal/terminal.ts';

const like =
  (pattern: RegExp) =>
  (answer: string): boolean =>
    pattern.test(answer);

/** On Linux lower ports are root's, which the service is not. */
const LEAST_PORT = process.platform === 'win32' ? 1 : 1024;

const isPort = (answer: string): boolean =>
  /^\d{1,5}$/.test(answer) && Number(answer) >= LEAST_PORT && Number(answer) <= 65_535;

const setting = (value: unknown, ...path: string[]): Flag => ({ path, name: `--${path.join('.')}`, value });

async function reach(ask: Ask): Promise<readonly Flag[]> {
  const local = await ask({
    text: "Does Okta's agent run on this machine (y/n)",
    standard: isAgentInstalled() ? 'y' : 'n',
    valid: like(/^(y|n|yes|no)$/i),
    fits: 'y or n',
    help: "The Okta Provisioning Agent is the program of Okta's that calls this connector. With y only this machine can reach the connector; with n other machines can.",
  });
  const port = await ask({
    text: 'Port',
    standard: '8443',
    valid: isPort,
    fits: `a number from ${LEAST_PORT} to 65535`,
    help: 'The port that the agent calls: one that no other program on this machine listens on.',
  });
  if (/^y/i.test(local)) return [setting(`127.0.0.1:${port}`, 'server', 'listen')];
  const host = await ask({
    text: 'Name the agent calls this machine by',
    standard: hostname().toLowerCase(),
    valid: like(/^[A-Za-z0-9.-]+$/),
    fits: 'a host name such as idm01.corp.example, or an IPv4 address',
    help: "It stands in the base URL in Okta and in the certificate. The agent's machine must be able to find this machine by it.",
  });
  return [
    setting(`:${port}`, 'server', 'listen'),
    setting(`https://${host}:${port}`, 'server', 'base_url'),
    setting([host], 'tls', 'names'),
  ];
}

async function login(ask: Ask): Promise<readonly Flag[]> {
  const method = await ask({
    text: 'Authorization type in Okta (header/basic)',
    standard: 'header',
    valid: like(/^(header|basic)$/),
    fits: 'header or basic',
    help: 'In Okta: the app, Provisioning, Integration, Configure SCIM Connector. "header" is HTTP Header, a token and the better choice; "basic" is Basic Auth, a user name and a password.',
  });
  return [setting(method, 'auth', 'method')];
}

const INTRODUCTION =
  'writes the configuration, makes the certificate and the first credential. Enter takes the answer in brackets, ? explains, Ctrl-C ends with nothing written.';

/** Asks on the terminal; each question has an answer that Enter takes. @param file  to be written @throws CommandError interrupted */
export const askSettings = (file: string, terminal: Terminal): Promise<readonly Flag[]> => {
  terminal.info(`init ${INTRODUCTION}`);
  terminal.info(`configuration: ${file}\n`);
  return asking(async (ask) => [...(await reach(ask)), ...(await login(ask))]);
};
