/** Programs that the build and its proofs run and npm does not install, each with the Debian package that has it. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const PACKAGES = {
  'aarch64-linux-gnu-strip': 'binutils-aarch64-linux-gnu',
  'x86_64-linux-gnu-strip': 'binutils',
  'x86_64-w64-mingw32-gcc': 'gcc-mingw-w64-x86-64-win32',
  curl: 'curl',
  debootstrap: 'debootstrap',
  faketime: 'faketime',
  lintian: 'lintian',
  makensis: 'nsis',
  minisign: 'minisign',
  mke2fs: 'e2fsprogs',
  msibuild: 'msitools',
  osslsigncode: 'osslsigncode',
  'qemu-aarch64-static': 'qemu-user-static',
  'qemu-system-x86_64': 'qemu-system-x86',
  rpmbuild: 'rpm',
  rpmlint: 'rpmlint',
  wixl: 'wixl',
} as const;

export type Tool = keyof typeof PACKAGES;

/** Packages without a program of their own that a tool does not work without. */
const BESIDE: Readonly<Partial<Record<Tool, readonly string[]>>> = {
  'x86_64-w64-mingw32-gcc': ['mingw-w64-x86-64-dev'],
  'qemu-aarch64-static': ['libc6-arm64-cross', 'libstdc++6-arm64-cross'],
};

/** A build cannot begin, and whoever started it can mend that. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}

/** Debian packages that have them. */
export function debianPackages(tools: readonly Tool[]): readonly string[] {
  return [...new Set(tools.flatMap((tool) => [PACKAGES[tool], ...(BESIDE[tool] ?? [])]))].sort();
}

/**
 * Tells all that is missing at once, before anything is built.
 * @throws Refusal with the command that installs it
 */
export function requireTools(tools: readonly Tool[], path = process.env['PATH'] ?? ''): void {
  const folders = path.split(delimiter);
  const missing = [...new Set(tools)].filter((tool) => !folders.some((folder) => existsSync(join(folder, tool))));
  if (missing.length === 0) return;
  throw new Refusal(`missing: ${missing.join(', ')}; on Debian: apt-get install ${debianPackages(missing).join(' ')}`);
}
