/** Programs that a lab runs. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Flavour } from './flavours.ts';

export const scriptOf = ({ script }: Flavour): string => join(import.meta.dirname, script);

/** Feeds `input` to a program. @throws Error with what it says on stderr when it fails */
export async function pipe(
  program: string,
  words: readonly string[],
  input: string,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const child = spawn(program, words, { env, stdio: ['pipe', 'ignore', 'pipe'] });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (part: string) => {
    errors += part;
  });
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${program} failed: ${errors}`);
}

/** Runs a command of the flavour's script to its end. @throws Error that says where its logs are */
export async function runScript(
  flavour: Flavour,
  env: NodeJS.ProcessEnv,
  command: string,
  folder: string,
  ...words: readonly string[]
): Promise<void> {
  // Not a pipe for the output: a server that it starts would inherit it and keep us waiting for its end.
  const child = spawn('bash', [scriptOf(flavour), command, folder, ...words], { env, stdio: 'ignore' });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`${flavour.script} ${command} failed; see the logs in ${folder}`);
}
