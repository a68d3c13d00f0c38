/** Bundles the CLI into one CommonJS file, `dist/scim-connector.cjs`. Does nothing when that file is newer than its sources. */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { bundleOptions, ROOT } from './bundle-options.ts';

const [major = 0] = process.versions.node.split('.').map(Number);
if (major < 24) {
  process.stderr.write(
    'Start this through npm (npm start, npm test, npm run connector): it brings the Node it needs.\n',
  );
  process.exit(1);
}

const OUT = join(ROOT, 'dist', 'scim-connector.cjs');

const sources = (folder: string, ending: string): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => join(ROOT, folder, name));

const inputs = [
  ...['connector', 'bin', 'installer'].flatMap((folder) => sources(folder, '.ts')),
  ...sources('docs', '.md'),
  join(ROOT, 'package-lock.json'),
];
const modified = (file: string): number => statSync(file).mtimeMs;

if (!existsSync(OUT) || inputs.some((file) => modified(file) > modified(OUT))) {
  const { build } = await import('esbuild');
  mkdirSync(join(ROOT, 'dist'), { recursive: true });
  // Written aside and renamed: two commands may build at once.
  const partial = `${OUT}.${process.pid}`;
  try {
    await build(bundleOptions(partial));
    renameSync(partial, OUT);
  } finally {
    rmSync(partial, { force: true });
  }
}
