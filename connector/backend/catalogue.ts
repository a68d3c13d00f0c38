import * as modules from './modules.ts';

/** One of the backends. */
export type Module = (typeof modules)[keyof typeof modules];

const byName = (a: Module, b: Module): number =>
  Number(b.isDefault ?? false) - Number(a.isDefault ?? false) || a.name.localeCompare(b.name);

/** The default backend, then the others by name. */
export const catalogue: readonly Module[] = Object.values(modules).toSorted(byName);

/** The backend that `backend = "…"` names. The schema has refused all other words. */
export function moduleNamed(name: string): Module {
  const found = catalogue.find((module) => module.name === name);
  if (!found) throw new Error(`there is no backend "${name}"`);
  return found;
}

/** The backends that have a door others lack, as one would write them: `backend = "ldap"`. */
export const backendsWith = (door: 'access' | 'mapping' | 'role' | 'transfer'): string =>
  `backend = ${catalogue
    .filter((module) => module[door])
    .map(({ name }) => `"${name}"`)
    .join(' or ')}`;
