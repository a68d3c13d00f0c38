import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import type { BuildOptions } from 'esbuild';
import { pagesIn } from '../bin/host/manual.ts';

export const ROOT = join(import.meta.dirname, '..');

/** The pages of the documentation, as bin/host/manual.ts reads them. */
const manual = (): string => brotliCompressSync(JSON.stringify(pagesIn(join(ROOT, 'docs')))).toString('base64');

/** How the command line becomes one CommonJS file. What is not in it must be found beside it: `external`. */
export const bundleOptions = (outfile: string): BuildOptions => ({
  absWorkingDir: ROOT,
  entryPoints: ['bin/scim-connector.ts'],
  outfile,
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'cjs',
  // Names stay and lines stay short, for the stack of a crash; without blanks and comments the server is 8 MB smaller.
  minifyWhitespace: true,
  minifySyntax: true,
  lineLimit: 160,
  legalComments: 'none',
  banner: { js: "const importMetaUrl = require('node:url').pathToFileURL(__filename).href;" },
  define: { 'import.meta.url': 'importMetaUrl', 'import.meta.dirname': '__dirname', MANUAL: JSON.stringify(manual()) },
  // Its CommonJS form calls `require` through a parameter, which no bundler can follow.
  alias: {
    'jsonc-parser': join(ROOT, 'node_modules', 'jsonc-parser', 'lib', 'esm', 'main.js'),
    // An older one stands beside it, with another copy of the table of all media types.
    'mime-types': join(ROOT, 'node_modules', 'mime-types', 'index.js'),
  },
  external: ['better-sqlite3', 'pino-pretty'],
  logLevel: 'warning',
});
