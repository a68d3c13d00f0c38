import type { TrustReport } from '../../../connector/operations/trust/check-trust.ts';
import type { InstalledAgent } from '../../../connector/operations/trust/installed-agent.ts';
import { aliasFor, importCommands, keytoolCommands, RESTARTS } from '../../../connector/tls/keytool.ts';
import { oneLine } from '../../../connector/tls/pem.ts';
import { CommandError } from '../../cli/command-error.ts';
import { EXIT } from '../../cli/exit-codes.ts';
import { programName } from '../../host/program-name.ts';
import { mark } from '../../terminal/mark.ts';
import { table } from '../../terminal/table.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { quoted } from '../../terminal/wording.ts';
import type { TrustArguments } from './trust-arguments.ts';

export interface Told {
  readonly agent: InstalledAgent | undefined;
  readonly report: TrustReport;
}

/** In the place of a mark: what is neither good nor bad. */
const NOTHING = ''.padEnd('warning'.length);

/** For programs: no keys of certificates, no passwords. */
export function trustJson({ agent, report }: Told): object {
  const { isTrusted, store, anchor, authority, findings } = report;
  return {
    trusted: isTrusted,
    agent:
      agent === undefined ? null : { folder: agent.folder, version: agent.version ?? null, java: agent.java ?? null },
    ca: authority === undefined ? null : { subject: oneLine(authority.subject), sha256: authority.fingerprint256 },
    truststore:
      store === undefined
        ? null
        : {
            file: store.file,
            format: store.format,
            certificates: store.entries.length,
            alias: anchor?.entry.alias ?? null,
          },
    findings,
  };
}

function agentFacts({ agent }: Told): readonly (readonly string[])[] {
  if (agent === undefined) return [];
  const proxy = agent.settings?.proxy;
  return [
    [NOTHING, 'agent', `${agent.version ?? 'of unknown version'}, in ${agent.folder}`],
    ...(proxy === undefined ? [] : [[NOTHING, 'agent', `goes through the proxy ${proxy}`]]),
  ];
}

export function printTrust(told: Told, terminal: Terminal): void {
  const { store, findings } = told.report;
  const rows = [
    ...agentFacts(told),
    ...(store === undefined
      ? []
      : [[NOTHING, 'truststore', `${store.file}, ${store.format}, ${store.entries.length} certificates`]]),
    ...findings.map(({ status, subject, text }) => [mark(status), subject, text]),
  ];
  terminal.print(table(rows));
}

/** What puts it right, for this very agent, or for one on another host. */
export function noteFix({ agent, report }: Told, install: string, terminal: Terminal): void {
  const { authority, served, store } = report;
  if (authority === undefined || served === undefined) return;
  const caFile = served.caFile ?? 'ca.pem';
  const alias = aliasFor(authority.fingerprint256);
  const keytool = agent?.java?.keytool;
  if (agent !== undefined && keytool !== undefined && store !== undefined) {
    terminal.noteCommands('To import it, and start the agent again:', [install, RESTARTS[agent.system]]);
    const { system } = agent;
    if (served.caFile !== undefined)
      terminal.noteCommands('Or by hand:', importCommands({ keytool, store: store.file, caFile, alias, system }));
    return;
  }
  if (served.caFile === undefined) terminal.info(`${caFile} is the certificate of ${oneLine(authority.subject)}.`);
  const { linux, windows } = keytoolCommands({ caFile, alias });
  terminal.noteCommands(`On a Linux agent, with the path that ${caFile} has there:`, linux);
  terminal.noteCommands('On a Windows agent, elevated prompt, with the path that it has there:', windows);
}

/** The command that imports it, with what was asked. */
export function installCommand(given: TrustArguments): string {
  const flags = (['config', 'truststore', 'password-file', 'agent-folder'] as const).flatMap((name) => {
    const value = given[name];
    return typeof value === 'string' ? [` --${name} ${quoted(value)}`] : [];
  });
  const sudo = process.platform === 'win32' ? '' : 'sudo ';
  return `${sudo}${programName()} trust install${flags.join('')}`;
}

export function noteRestart(agent: InstalledAgent | undefined, terminal: Terminal): void {
  const system = agent?.system ?? (process.platform === 'win32' ? 'windows' : 'linux');
  terminal.noteCommands('The agent reads it when it starts. Start it again:', [RESTARTS[system]]);
}

/** Why an installation had nothing to do. @throws CommandError there is nothing that it could do it to */
export function printUnchanged({ agent, report }: Told, install: string, terminal: Terminal): void {
  const { anchor, findings, store } = report;
  if (anchor === undefined && !report.isTrusted) noteFix({ agent, report }, install, terminal);
  if (anchor === undefined && !report.isTrusted)
    throw new CommandError(EXIT.nothing, findings.map(({ text }) => text).join('; '));
  if (terminal.json) terminal.printJson({ changed: false, ...trustJson({ agent, report }) });
  else if (anchor && store)
    terminal.print(`${store.file}: it is in it already, alias ${anchor.entry.alias}; nothing was changed`);
  else terminal.print(findings.map(({ text }) => text).join('\n'));
}
