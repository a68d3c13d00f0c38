import { type Finding, ok, warning } from '../../backend/module/finding.ts';
import type { InstalledAgent } from '../trust/installed-agent.ts';

/** The agent on this host, or that there is none: it may as well be on another one. */
export function checkAgent(agent: InstalledAgent | undefined): Finding {
  if (agent === undefined)
    return ok('no Okta agent on this machine: it runs on another one, or is still to be installed');
  const { folder, version, java } = agent;
  const found = `Okta Provisioning Agent ${version ?? 'of unknown version'} in ${folder}`;
  if (java === undefined)
    return warning(`${found}, without the Java that belongs to it: the installation is not complete`);
  if (java.truststores.length === 0)
    return warning(`${found}, without a truststore (cacerts) in its Java: install the agent again`);
  return ok(found);
}
