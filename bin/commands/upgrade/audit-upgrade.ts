import type { GlobalArguments } from '../../cli/arguments.ts';
import { audit } from '../../cli/audited.ts';
import { loadSilently } from '../../cli/load.ts';
import type { Terminal } from '../../terminal/terminal.ts';

/** Enters another version of the program. Last of all: root becomes the service's account here. */
export async function auditUpgrade(
  given: GlobalArguments,
  action: string,
  details: Readonly<Record<string, string>>,
  terminal: Terminal,
): Promise<void> {
  try {
    await audit(await loadSilently(given), { action, details }, terminal);
  } catch (error) {
    terminal.warn(`this is not in the audit log: ${error instanceof Error ? error.message : String(error)}`);
  }
}
