import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { isInstalled, places, SERVICE } from '../../host/installation.ts';
import { isRoot } from '../../host/service-account.ts';

/** Whether a service of this machine belongs to the configuration, and we may start it. */
export const canStart = (file: string): boolean =>
  isInstalled() &&
  file === places().configFile &&
  (process.platform === 'win32' || (isRoot() && existsSync('/run/systemd/system')));

export interface Starter {
  /** Started, or restarted where it runs. @returns what went wrong, in the words of what starts it */
  readonly start: () => Promise<string | undefined>;
}

/** A shell that waits for a word: writing makes us the account of the service, which may start nothing. */
function waitingShell(): Starter {
  const shell = spawn('sh', ['-c', `read -r word && exec systemctl restart ${SERVICE}`], {
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  let said = '';
  shell.stderr.setEncoding('utf8').on('data', (part: string) => {
    said += part;
  });
  // Where we end without a word, so does it.
  shell.unref();
  return {
    start: async () => {
      shell.ref();
      shell.stdin.end('start\n');
      await once(shell, 'close');
      return shell.exitCode === 0 ? undefined : said.trim() || `systemctl ended with ${shell.exitCode}`;
    },
  };
}

async function startOnWindows(): Promise<string | undefined> {
  const { serviceControl } = await import('../../host/service/this-service.ts');
  try {
    (await serviceControl()).restart();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** To be called before anything is written. */
export const starter = (): Starter => (process.platform === 'win32' ? { start: startOnWindows } : waitingShell());
