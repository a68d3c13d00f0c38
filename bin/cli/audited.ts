import type { AuditEntry } from '../../connector/audit/audit-entry.ts';
import { osUser } from '../host/os-user.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { CommandError } from './command-error.ts';
import { EXIT } from './exit-codes.ts';
import type { LoadedHere } from './load.ts';

/** What a command does, for the audit log. */
export interface Deed {
  readonly action: string;
  readonly app?: string | undefined;
  /** Never a secret. */
  readonly details?: Readonly<Record<string, string | number | boolean | undefined>>;
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const defined = (details: NonNullable<Deed['details']>): NonNullable<AuditEntry['details']> =>
  Object.fromEntries(Object.entries(details).filter((pair): pair is [string, string] => pair[1] !== undefined));

async function write({ config, secrets }: LoadedHere, by: AuditEntry['by'], deeds: readonly Deed[]): Promise<void> {
  const { enter } = await import('../../connector/operations/audit/audit-log.ts');
  const entries = deeds.map(({ action, app = '', details }): AuditEntry => {
    const who = { time: new Date().toISOString(), actor: osUser(), by };
    return { ...who, app, action, outcome: 'done', ...(details ? { details: defined(details) } : {}) };
  });
  enter({ stateDir: config.state_dir, key: secrets.derivedKey('audit') }, entries);
}

/** @throws CommandError  an entry is required, and none could be made */
export async function mustBeAudited(loaded: LoadedHere): Promise<void> {
  if (!loaded.config.audit.required) return;
  try {
    await write(loaded, 'command', []);
  } catch (error) {
    throw new CommandError(
      EXIT.secret,
      `not done: audit.required is set, and the audit log cannot be written: ${reasonOf(error)}`,
      { cause: error },
    );
  }
}

/** Enters what was done. What cannot be entered any more is warned of. */
export async function audit(
  loaded: LoadedHere,
  deed: Deed,
  terminal: Pick<Terminal, 'warn'>,
  by: AuditEntry['by'] = 'command',
): Promise<void> {
  try {
    await write(loaded, by, [deed]);
  } catch (error) {
    terminal.warn(`this is not in the audit log: ${reasonOf(error)}`);
  }
}
