import { existsSync, readFileSync } from 'node:fs';
import { type Finding, ok, warning } from '../../backend/module/finding.ts';
import { isLoopback, type Listen } from '../../config/vocabulary/listen.ts';
import { saidBy } from '../said-by.ts';
import { firewallRule } from './firewall-rule.ts';

/** A program that lets packets in or not. */
interface Firewall {
  readonly name: string;
  /** `undefined`: it is on, and which ports it lets in is not for our account to see. */
  readonly letsIn: boolean | undefined;
  readonly rule: string;
}

/** What a program says; undefined when it is not there or fails. */
export type Said = (words: readonly string[]) => string | undefined;

function ufw(port: number, said: Said, configuration: string): Firewall | undefined {
  const status = said(['ufw', 'status']);
  const rule = `ufw allow ${port}/tcp`;
  if (status !== undefined)
    return /^Status: active/m.test(status)
      ? { name: 'ufw', letsIn: new RegExp(`^${port}(/tcp)?\\s+ALLOW`, 'm').test(status), rule }
      : undefined;
  // Its status is root's; whether it is on stands where everybody can read.
  const isOn = existsSync(configuration) && /^ENABLED=yes/m.test(readFileSync(configuration, 'utf8'));
  return isOn ? { name: 'ufw', letsIn: undefined, rule } : undefined;
}

function firewalld(port: number, said: Said): Firewall | undefined {
  if (said(['firewall-cmd', '--state']) !== 'running') return undefined;
  const rule = `firewall-cmd --permanent --add-port=${port}/tcp && firewall-cmd --reload`;
  // It ends with 1 for a port that is closed.
  return { name: 'firewalld', letsIn: said(['firewall-cmd', `--query-port=${port}/tcp`]) === 'yes', rule };
}

/** The chain that incoming packets meet and that drops what no rule names, as `nft list ruleset` shows it. */
function droppingChain(ruleset: string): { readonly words: string; readonly rules: string } | undefined {
  for (const [, table = '', chains = ''] of ruleset.matchAll(/^table (\S+ \S+) \{\n(.*?)^\}/gms))
    for (const [, chain = '', rules = ''] of chains.matchAll(/^\tchain (\S+) \{\n(.*?)^\t\}/gms))
      if (/hook input .*policy drop/.test(rules)) return { words: `${table} ${chain}`, rules };
  return undefined;
}

function nftables(port: number, said: Said): Firewall | undefined {
  const found = droppingChain(said(['nft', 'list', 'ruleset']) ?? '');
  if (found === undefined) return undefined;
  const letsIn = new RegExp(`tcp dport (?:${port}|\\{[^}]*\\b${port}\\b[^}]*\\})\\s.*accept`).test(found.rules);
  return { name: 'nftables', letsIn, rule: `nft insert rule ${found.words} tcp dport ${port} accept` };
}

function windows(listen: Listen, said: Said): Firewall | undefined {
  // Other languages print other words: when in doubt it is on.
  if (/State\s+OFF/i.test(said(['netsh', 'advfirewall', 'show', 'currentprofile', 'state']) ?? '')) return undefined;
  const rules = said(['netsh', 'advfirewall', 'firewall', 'show', 'rule', 'name=SCIM Connector']);
  return {
    name: 'Windows Firewall',
    letsIn: rules !== undefined && new RegExp(`\\b${listen.port}\\b`).test(rules),
    rule: firewallRule(listen, 'win32') ?? '',
  };
}

export interface Surroundings {
  readonly platform?: NodeJS.Platform;
  readonly said?: Said;
  /** Says whether ufw is on. */
  readonly ufwConfiguration?: string;
}

/** Whether a firewall of this host keeps agents of other hosts out, with the command that lets them in. */
export function checkFirewall(
  listen: Listen,
  { platform = process.platform, said = saidBy, ufwConfiguration = '/etc/ufw/ufw.conf' }: Surroundings = {},
): Finding {
  const { host, port } = listen;
  if (isLoopback(host)) return ok('not asked: only this machine can reach the connector');
  const found =
    platform === 'win32'
      ? windows(listen, said)
      : (ufw(port, said, ufwConfiguration) ?? firewalld(port, said) ?? nftables(port, said));
  if (found === undefined) return ok(`none that is on here was found; one in between must let TCP ${port} in`);
  if (found.letsIn) return ok(`${found.name} lets TCP ${port} in`);
  return found.letsIn === undefined
    ? warning(`${found.name} is on; that it lets TCP ${port} in only root can see. If not: ${found.rule}`)
    : warning(`${found.name} lets TCP ${port} in from nowhere; as root: ${found.rule}`);
}
