import { hostname } from 'node:os';
import type { OwnServer } from '../../connector/operations/doctor/patient.ts';
import type { Seen } from '../../connector/operations/doctor/wait/seen.ts';
import type { Goal } from '../../connector/operations/doctor/wait/wait-for-okta.ts';
import { CommandError } from '../cli/command-error.ts';
import { EXIT, type ExitCode } from '../cli/exit-codes.ts';
import type { DoctorTextOptions } from '../terminal/doctor-text.ts';
import type { Terminal } from '../terminal/terminal.ts';

export interface WaitArguments {
  readonly wait?: boolean | undefined;
  readonly until?: string | undefined;
  readonly timeout?: string | undefined;
}

const BUTTONS: Readonly<Record<Goal, string>> = {
  test: 'Test Connector Configuration',
  import: 'Import Now',
};

const isGoal = (text: string): text is Goal => Object.hasOwn(BUTTONS, text);

export interface WaitChoice {
  readonly goal: Goal;
  /** Unit: ms. */
  readonly timeout: number;
}

/** @throws CommandError usage */
export async function waitChoice({ until = 'test', timeout = '10m' }: WaitArguments): Promise<WaitChoice> {
  const { parseDuration } = await import('../../connector/config/vocabulary/quantity.ts');
  const span = parseDuration(timeout);
  if (span === undefined || span === 0)
    throw new CommandError(EXIT.usage, `--timeout takes a span such as 90s, 10m or 1h, not "${timeout}"`);
  // Beyond it timers end at once.
  return { goal: isGoal(until) ? until : 'test', timeout: Math.min(span, 2 ** 31 - 1) };
}

/** How the wait ended, and what came meanwhile. */
export interface Waited {
  readonly exitCode: ExitCode;
  readonly seen: readonly Seen[];
}

/** Watches the running service and tells what comes, until it is green. @throws CommandError */
export async function wait(
  { config, app }: OwnServer,
  { goal, timeout }: WaitChoice,
  terminal: Terminal,
  { text, start }: { readonly text: DoctorTextOptions; readonly start: string },
): Promise<Waited> {
  const [{ AdminClient }, { waitForOkta }, { tryLines }, { formatDuration }, { ChannelError }] = await Promise.all([
    import('../../connector/admin/admin-client.ts'),
    import('../../connector/operations/doctor/wait/wait-for-okta.ts'),
    import('../terminal/doctor-text.ts'),
    import('../../connector/config/vocabulary/quantity.ts'),
    import('../../connector/admin/channel-error.ts'),
  ]);
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort());
  const late = AbortSignal.timeout(timeout);
  const waiting = {
    client: new AdminClient(config.state_dir, 5000),
    app: app.name,
    goal,
    signal: AbortSignal.any([stop.signal, late]),
  };
  const seen: Seen[] = [];
  const told = new Set<string>();
  const tell = (one: Seen): void => {
    seen.push(one);
    const key = JSON.stringify([one.address, one.step.name, one.verdict.text]);
    // What goes well again and again says nothing new; what fails again shows that the last try did not help either.
    if (told.has(key) && one.verdict.status === 'ok') return;
    const isAgain = told.has(key);
    told.add(key);
    if (!terminal.json) terminal.print(isAgain ? (tryLines(one, text).split('\n')[0] ?? '') : tryLines(one, text));
  };
  try {
    for await (const one of waitForOkta(waiting)) {
      if (one.kind === 'seen') tell(one.seen);
      else if (one.kind === 'reached') return { exitCode: EXIT.ok, seen };
      else if (one.kind === 'away') terminal.info('the service has ended; waiting for it to come back');
      else if (one.kind === 'back') terminal.info('the service runs again');
      else {
        const url = one.urls.find((place) => new URL(place).pathname === app.path) ?? one.urls.join(', ');
        terminal.info(`Watching ${url}/ on ${hostname()}, process ${one.pid}, for ${formatDuration(timeout)}.`);
        terminal.info(`In Okta, press "${BUTTONS[goal]}" now. Ctrl-C ends it.`);
      }
    }
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error;
    const fix = { absent: `; start it: ${text.command(start)}`, refused: '; restart it: it is of another version' };
    throw new CommandError(
      EXIT.unexpected,
      error.message + ((fix as Readonly<Record<string, string>>)[error.why] ?? ''),
    );
  }
  if (stop.signal.aborted) return { exitCode: EXIT.interrupted, seen };
  const failures = seen.filter(({ verdict }) => verdict.status === 'failed').length;
  terminal.warn(
    seen.length === 0
      ? `nothing came to ${hostname()} within ${formatDuration(timeout)}: look whether the agent runs, whether a firewall is between, and whether the base URL in Okta leads here; where several connectors share it, run this on each`
      : `"${BUTTONS[goal]}" was not green within ${formatDuration(timeout)}; ${seen.length} other requests came, ${failures} of them red`,
  );
  return { exitCode: EXIT.unexpected, seen };
}
