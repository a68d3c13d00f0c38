import type { Argv, CommandModule } from 'yargs';
import type { Examination } from '../../connector/operations/doctor/examine.ts';
import type { OwnServer, Target } from '../../connector/operations/doctor/patient.ts';
import type { Tried } from '../../connector/operations/doctor/step.ts';
import type { Seen } from '../../connector/operations/doctor/wait/seen.ts';
import type { GlobalArguments } from '../cli/arguments.ts';
import { CommandError } from '../cli/command-error.ts';
import { example } from '../cli/example.ts';
import { EXIT } from '../cli/exit-codes.ts';
import type { TargetArguments } from '../cli/scim-target.ts';
import { shortOptions } from '../cli/setting-flags.ts';
import { widthOf } from '../terminal/line-width.ts';
import { Terminal } from '../terminal/terminal.ts';
import { quoted } from '../terminal/wording.ts';
import { type WaitArguments, wait, waitChoice } from './doctor-wait.ts';

interface DoctorArguments extends GlobalArguments, TargetArguments, WaitArguments {
  readonly app?: string | undefined;
  readonly 'read-only'?: boolean | undefined;
  readonly write?: boolean | undefined;
  readonly clean?: boolean | undefined;
  readonly 'email-domain'?: string | undefined;
  readonly strict?: boolean | undefined;
  readonly agent?: boolean | undefined;
  readonly 'agent-folder'?: string | undefined;
}

/** For programs: the names stay (docs/doctor.md). */
const told = ({ step, verdict: { status, ...verdict }, duration }: Tried): object => ({
  name: step.name,
  title: step.title,
  status,
  ms: Math.round(duration),
  ...verdict,
});

const seenFields = ({ time, address, app, userAgent, ref }: Seen): object => ({ time, address, app, userAgent, ref });

/** With the agent's step where it was asked for. To be called while root is still root: its files may be root's alone. */
async function stepsWithAgent(given: DoctorArguments): Promise<Pick<Examination, 'steps'>> {
  const folder = given['agent-folder'];
  if (!given.agent && folder === undefined) return {};
  const [{ installedAgent }, { withAgent }, { STEPS }] = await Promise.all([
    import('../host/installed-agent.ts'),
    import('../../connector/operations/doctor/steps/agent-trust.ts'),
    import('../../connector/operations/doctor/steps.ts'),
  ]);
  const flag = folder === undefined ? '' : ` --agent-folder ${quoted(folder)}`;
  return { steps: withAgent(STEPS, installedAgent(folder), flag) };
}

/** What is examined, and what starts it. */
async function subjectOf(
  given: DoctorArguments,
  terminal: Terminal,
): Promise<{ readonly subject: OwnServer | Target; readonly start?: string }> {
  const { targetOf } = await import('../cli/scim-target.ts');
  const target = targetOf(given);
  if (target !== undefined) return { subject: target };
  const [{ loadAloud }, { chosenApps, onlyApp }, { serviceStart }] = await Promise.all([
    import('../cli/load.ts'),
    import('../cli/chosen-app.ts'),
    import('../host/service-start.ts'),
  ]);
  const { config } = await loadAloud(given, terminal, 'refuse');
  const { fix } = serviceStart(config.file);
  const start = fix === undefined ? undefined : 'system' in fix ? fix.system : `scim-connector ${fix.ours}`;
  const subject = { config, app: onlyApp(chosenApps(config, given.app), 'configured') };
  return { subject, ...(start === undefined ? {} : { start }) };
}

/** Ends the examination, so that what was made for it is undone, at Ctrl-C and when asked to stop. */
function interruption(): AbortController {
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const)
    process.once(name, () =>
      stop.abort(new CommandError(EXIT.interrupted, 'interrupted: what was made to look around is taken back')),
    );
  return stop;
}

export const doctor: CommandModule<object, DoctorArguments> = {
  command: 'doctor',
  describe: "Play Okta's own sequence against the connector, over TLS and with a credential",
  builder: (yargs: Argv) =>
    yargs
      .options(shortOptions)
      .option('app', { type: 'string', requiresArg: true, describe: 'Which app, when there are several' })
      .option('read-only', { type: 'boolean', describe: 'Change nothing; so it is without being asked' })
      .option('write', {
        type: 'boolean',
        describe: 'Also make people and a group named zz-doctor-…, change them as Okta does, and remove them',
      })
      .option('clean', { type: 'boolean', describe: 'Only remove what a --write that was broken off has left' })
      .option('email-domain', {
        type: 'string',
        requiresArg: true,
        describe: 'With --write: where the addresses of those people lead (example.invalid)',
      })
      .option('wait', {
        type: 'boolean',
        describe: "Watch the running service until Okta's test is green, and tell what comes and what is wrong with it",
      })
      .option('until', {
        choices: ['test', 'import'],
        describe: 'With --wait: also go on until an import is served (test)',
      })
      .option('timeout', { type: 'string', requiresArg: true, describe: 'With --wait: for how long at most (10m)' })
      .implies({ until: 'wait', timeout: 'wait', 'email-domain': 'write' })
      .conflicts({ wait: ['target', 'clean'] })
      .conflicts({ 'read-only': ['write', 'clean'], write: ['clean'], agent: ['clean'], 'agent-folder': ['clean'] })
      .option('agent', {
        type: 'boolean',
        describe: "Also set up TLS with the Java and the truststore of Okta's agent on this machine",
      })
      .option('agent-folder', {
        type: 'string',
        requiresArg: true,
        describe: 'The same, with the agent that is installed there',
      })
      .option('strict', { type: 'boolean', describe: 'Exit with 7 when there are warnings' })
      .option('target', { type: 'string', requiresArg: true, describe: 'Another SCIM server: its base URL' })
      .option('header', {
        type: 'string',
        array: true,
        nargs: 1,
        describe: "With --target: a header, 'Name: value'; may be repeated",
      })
      .option('header-file', {
        type: 'string',
        array: true,
        nargs: 1,
        describe: 'With --target: a file with such lines, for secrets',
      })
      .option('ca', { type: 'string', requiresArg: true, describe: 'With --target: CA certificates to trust, PEM' })
      .option('insecure', { type: 'boolean', describe: 'With --target: take any certificate' })
      .example(...example('doctor', 'before and after each change of the configuration'))
      .example(...example('doctor --write', 'before Okta pushes anybody'))
      .example(...example('doctor --agent', 'on the host of the agent; after each upgrade of it'))
      .example(...example('doctor --wait', 'while somebody presses Test Connector Configuration in Okta'))
      .example(...example('doctor --json | jq .ok', 'in a script'))
      .example(...example('doctor --target https://idm.example/v1 --ca ca.pem', 'any other server')),
  handler: async (given) => {
    const terminal = new Terminal(given);
    const steps = await stepsWithAgent(given);
    const { subject, start } = await subjectOf(given, terminal);
    const [{ examine }, { nextStep, summaryLines, tryLines }, { programName }, { writingPlan }] = await Promise.all([
      import('../../connector/operations/doctor/examine.ts'),
      import('../terminal/doctor-text.ts'),
      import('../host/program-name.ts'),
      import('../../connector/operations/doctor/write/writing-plan.ts'),
    ]);
    const isTarget = 'baseUrl' in subject;
    const flag = given.config === undefined || isTarget ? '' : ` --config ${quoted(given.config)}`;
    const command = (line: string): string =>
      /^(sudo )?scim-connector /.test(line) ? line.replace('scim-connector', programName()) + flag : line;
    const options = { width: widthOf(process.stdout), command };
    const tried: Tried[] = [];
    const { write, clean } = given;
    const choice = given.wait ? await waitChoice(given) : undefined;
    if (!choice || write || given['read-only']) {
      const { signal } = interruption();
      const plan = { ...steps, ...writingPlan(subject, { write, clean, emailDomain: given['email-domain'] }) };
      for await (const one of examine(subject, { signal, ...plan, ...(start === undefined ? {} : { start }) })) {
        tried.push(one);
        if (!terminal.json) terminal.print(tryLines(one, options));
      }
      const next = nextStep({ isTarget, isWritten: write ?? false, isClean: clean ?? false });
      if (!terminal.json) terminal.print(summaryLines(tried, next, options));
    }
    const any = (status: string): boolean => tried.some(({ verdict }) => verdict.status === status);
    const isGreen = !any('failed');
    // What is red here is red for Okta too.
    const waited =
      isGreen && choice && !isTarget
        ? await wait(subject, choice, terminal, { text: options, start: start ?? 'scim-connector service start' })
        : undefined;
    const ok = isGreen && (waited?.exitCode ?? EXIT.ok) === EXIT.ok;
    if (terminal.json)
      terminal.printJson({
        ok,
        ...(waited && tried.length === 0 ? {} : { steps: tried.map(told) }),
        ...(waited ? { seen: waited.seen.map((one) => ({ ...seenFields(one), ...told(one) })) } : {}),
      });
    const warned = given.strict && any('warning') ? EXIT.warnings : EXIT.ok;
    process.exitCode = !isGreen ? EXIT.unexpected : waited && !ok ? waited.exitCode : warned;
  },
};
