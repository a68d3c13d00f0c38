/** Which packages are built of which executables. */
import { step } from './steps.ts';
import { type Target, targets } from './targets.ts';
import { Refusal, type Tool } from './tools.ts';

const LINUX = { deb: [], rpm: ['rpmbuild'], 'tar.gz': [] } as const;
const WINDOWS = { msi: ['faketime', 'msibuild', 'wixl'], 'setup.exe': ['makensis'], 'tar.gz': [] } as const;

export const LINUX_TOOLS: readonly Tool[] = Object.values(LINUX).flat();
export const WINDOWS_TOOLS: readonly Tool[] = Object.values(WINDOWS).flat();

/** What a package is called on the command line, and how its file ends. */
export type Kind = keyof typeof LINUX | keyof typeof WINDOWS;

/** Every kind of a target, with the tools that make it. */
const kindsOf = ({ name }: Target): Readonly<Partial<Record<Kind, readonly Tool[]>>> =>
  name === 'win-x64' ? WINDOWS : LINUX;

export interface Choice {
  readonly target: Target;
  readonly kinds: ReadonlySet<Kind>;
  readonly tools: readonly Tool[];
}

const ALL: readonly string[] = [...new Set(targets.flatMap((target) => Object.keys(kindsOf(target))))];

/**
 * What `words` ask for: kinds, names of targets, or both; all without any. Targets without one of the kinds are left out.
 * @throws Refusal there is no such kind or target
 */
export function chosenPackages(words: readonly string[]): readonly Choice[] {
  const names = targets.map(({ name }): string => name);
  const unknown = words.find((word) => !names.includes(word) && !ALL.includes(word));
  if (unknown !== undefined)
    throw new Refusal(`there is no package "${unknown}"; take ${[...ALL, ...names].join(', ')}`);
  const wantedNames = words.filter((word) => names.includes(word));
  const wantedKinds = words.filter((word) => ALL.includes(word));
  return targets
    .filter(({ name }) => wantedNames.length === 0 || wantedNames.includes(name))
    .map((target) => {
      const kinds = Object.entries(kindsOf(target)).filter(
        ([kind]) => wantedKinds.length === 0 || wantedKinds.includes(kind),
      );
      return {
        target,
        kinds: new Set(kinds.map(([kind]) => kind as Kind)),
        tools: kinds.flatMap(([, tools]) => tools),
      };
    })
    .filter(({ kinds }) => kinds.size > 0);
}

/** Makes those of `makers` that are chosen, in their order. */
export function buildEach(
  { name }: Target,
  kinds: ReadonlySet<Kind>,
  makers: Readonly<Partial<Record<Kind, () => void>>>,
): void {
  for (const [kind, make] of Object.entries(makers)) {
    if (!kinds.has(kind as Kind)) continue;
    step(`${name}: the .${kind}`);
    make();
  }
}
