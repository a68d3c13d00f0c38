import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exclusively } from './claim.ts';
import type { Flavour } from './flavours.ts';
import { programFile } from './install.ts';

const PREFIX = 'scim-directory-image-';
/** While somebody may still copy from it. Unit: ms. */
const KEPT_FOR = 2 * 86_400_000;

/** What an image is of: a script beside this file, and what it runs. */
export interface Pictured extends Pick<Flavour, 'script' | 'programs'> {
  readonly name: string;
}

/** Another day, script or server makes another image: certificates run out, and what is in it comes from both. */
function nameOf(flavour: Pictured): string {
  const content = createHash('sha256').update(JSON.stringify([flavour, new Date().toISOString().slice(0, 10)]));
  for (const script of [flavour.script, 'certificates.sh'])
    content.update(readFileSync(join(import.meta.dirname, script)));
  for (const program of flavour.programs) {
    const { size, mtimeMs } = statSync(programFile(program) ?? '/');
    content.update(`${program} ${size} ${mtimeMs}`);
  }
  return `${PREFIX}${flavour.name}-${content.digest('hex').slice(0, 16)}`;
}

function removeOld(): void {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(PREFIX)) continue;
    const folder = join(tmpdir(), name);
    if (Date.now() - statSync(folder).mtimeMs > KEPT_FOR) rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * A folder to copy a new server from: making one takes a dozen seconds, a copy none. Made once on a machine and day,
 * by the first test process that needs it; the others wait.
 * @param prepare makes it in the folder it is given
 */
export async function imageOf(flavour: Pictured, prepare: (folder: string) => Promise<void>): Promise<string> {
  const name = nameOf(flavour);
  const image = join(tmpdir(), name);
  await exclusively(name, async () => {
    if (existsSync(image)) return;
    removeOld();
    const unfinished = `${image}.part`;
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(unfinished, { mode: 0o755 });
    await prepare(unfinished);
    renameSync(unfinished, image);
  });
  // The folder for temporary files is everybody's, and what is in an image is run.
  if (statSync(image).uid !== process.getuid?.()) throw new Error(`${image} is not ours`);
  return image;
}
