import { existsSync } from 'node:fs';

/** Where Okta's agent lies when it is installed here. */
const AGENTS: readonly string[] = [
  '/opt/OktaProvisioningAgent',
  'C:\\Program Files\\Okta\\On-Premises Provisioning Agent',
  'C:\\Program Files (x86)\\Okta\\On-Premises Provisioning Agent',
];

export const isAgentInstalled = (): boolean => AGENTS.some((folder) => existsSync(folder));
