import type { Finding } from '../../backend/module/finding.ts';
import type { Listen } from '../../config/vocabulary/listen.ts';
import type { InstalledAgent } from '../trust/installed-agent.ts';
import { checkAgent } from './check-agent.ts';
import { checkClock } from './check-clock.ts';
import { checkFirewall } from './check-firewall.ts';
import { checkName } from './check-name.ts';
import { checkPortFree } from './check-port-free.ts';
import { checkSpace } from './check-space.ts';
import { checkStateFolder } from './check-state-folder.ts';

/** What a new connector is going to need of this host. */
export interface Plan {
  readonly listen: Listen;
  /** Host names and addresses the agent is to call it by. */
  readonly names: readonly string[];
  readonly stateDir: string;
  /** Undefined: there is none on this host. */
  readonly agent: InstalledAgent | undefined;
}

export interface PreFlightFinding extends Finding {
  readonly subject: 'agent' | 'port' | 'firewall' | 'name' | 'clock' | 'state folder' | 'free space';
}

const attempt = (work: () => Finding): Finding => {
  try {
    return work();
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException;
    return { status: 'warning', text: `cannot be told (${code})` };
  }
};

/** Looks at the host before anything is written, and changes nothing. */
export async function preFlight({ listen, names, stateDir, agent }: Plan): Promise<readonly PreFlightFinding[]> {
  const named = await Promise.all(names.map((name) => checkName(name)));
  return [
    { subject: 'agent', ...checkAgent(agent) },
    { subject: 'port', ...(await checkPortFree(listen)) },
    { subject: 'firewall', ...attempt(() => checkFirewall(listen)) },
    ...named.map((finding): PreFlightFinding => ({ subject: 'name', ...finding })),
    { subject: 'clock', ...attempt(() => checkClock()) },
    { subject: 'state folder', ...checkStateFolder(stateDir) },
    { subject: 'free space', ...attempt(() => checkSpace(stateDir)) },
  ];
}
