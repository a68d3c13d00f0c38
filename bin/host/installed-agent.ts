import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { InstalledAgent } from '../../connector/operations/trust/installed-agent.ts';
import { CommandError } from '../cli/command-error.ts';
import { EXIT } from '../cli/exit-codes.ts';
import { agentJava } from './agent/agent-java.ts';
import { agentSettings } from './agent/agent-settings.ts';
import { agentVersion } from './agent/agent-version.ts';

/** Where Okta's agent lies when it is installed here. */
const AGENTS: readonly string[] = [
  '/opt/OktaProvisioningAgent',
  'C:\\Program Files\\Okta\\On-Premises Provisioning Agent',
  'C:\\Program Files (x86)\\Okta\\On-Premises Provisioning Agent',
];

const agentFolder = (): string | undefined => AGENTS.find((folder) => existsSync(folder));

export const isAgentInstalled = (): boolean => agentFolder() !== undefined;

function named(folder: string): string {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return resolve(folder);
  throw new CommandError(EXIT.usage, `--agent-folder: ${folder} is no folder; name the one the agent is installed in`);
}

/**
 * The agent of this host, or the one in `folder` (`--agent-folder`); undefined where there is none.
 * @throws CommandError `folder` is none
 */
export function installedAgent(folder?: string): InstalledAgent | undefined {
  const found = folder === undefined ? agentFolder() : named(folder);
  if (found === undefined) return undefined;
  return {
    folder: found,
    version: agentVersion(found),
    // A new release replaces the folder `current`, which only Windows has.
    system: process.platform === 'win32' || existsSync(`${found}/current`) ? 'windows' : 'linux',
    java: agentJava(found),
    settings: agentSettings(found),
  };
}
