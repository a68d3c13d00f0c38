import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AgentSettings } from '../../../connector/operations/trust/installed-agent.ts';

/** Where they were seen, by version and system (docs/okta-agent.md, The agent's host). */
const FILES: readonly string[] = [
  'agent.config',
  'conf/agent.config',
  'conf/OktaProvisioningAgent.conf',
  'current/user/config/ProvisioningAgent/agent.config',
];

const UNKNOWN = { isReadable: false, allowHttp: false, proxy: undefined };

function read(file: string): string | NodeJS.ErrnoException {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    return error as NodeJS.ErrnoException;
  }
}

/** Lines `name = value`. */
function settingIn(text: string, name: string): string | undefined {
  const value = new RegExp(`^[ \\t]*${name}[ \\t]*[=:][ \\t]*(\\S*)`, 'im').exec(text)?.[1];
  return value === '' ? undefined : value;
}

function proxyIn(text: string): string | undefined {
  const host = settingIn(text, 'proxyHost');
  if (host === undefined || settingIn(text, 'proxyEnabled')?.toLowerCase() !== 'true') return undefined;
  const port = settingIn(text, 'proxyPort');
  return `${settingIn(text, 'proxyScheme') ?? 'http'}://${host}${port === undefined ? '' : `:${port}`}`;
}

export function agentSettings(folder: string): AgentSettings | undefined {
  for (const file of FILES.map((name) => join(folder, name))) {
    const text = read(file);
    if (typeof text === 'string')
      return {
        file,
        isReadable: true,
        allowHttp: settingIn(text, 'allowHttp')?.toLowerCase() === 'true',
        proxy: proxyIn(text),
      };
    if (text.code !== 'ENOENT' && text.code !== 'ENOTDIR') return { file, ...UNKNOWN };
  }
  return undefined;
}
