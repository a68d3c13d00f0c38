import * as z from 'zod';
import { catalogue, type Module, moduleNamed } from '../../backend/catalogue.ts';
import type { App } from '../config.ts';
import type { Complaint } from '../vocabulary/complaint.ts';
import { setNames } from '../vocabulary/set-names.ts';

const NAMED = ['users', 'groups'] as const;

/** What a backend's own table holds when the operator sets nothing in it. */
const standing = ({ own, defaults }: Module, app: string, stateDir: string): object => ({
  ...z.object(own.settings).parse({}),
  ...defaults?.({ app, stateDir }),
});

function* namesOf(app: App, module: Module, chosen: Module, stateDir: string): Generator<readonly string[]> {
  const tables: ReadonlyMap<string, object> = new Map(Object.entries(app));
  for (const key of setNames(tables.get(module.name) ?? {}, standing(module, app.name, stateDir)))
    yield [module.name, key];
  for (const { name, ...set } of app.entitlements)
    for (const key of setNames(set))
      if (key in (module.entitlements?.settings ?? {}) && !(key in (chosen.entitlements?.settings ?? {})))
        yield ['entitlements', name, key];
  for (const table of NAMED)
    for (const key of setNames(app[table]))
      if (key in (module[table]?.settings ?? {}) && !(key in (chosen[table]?.settings ?? {}))) yield [table, key];
}

/** Settings of another backend than the one that is chosen would be believed to work. */
export function* checkIdle(app: App, stateDir: string): Generator<Complaint> {
  const chosen = moduleNamed(app.backend);
  for (const module of catalogue)
    if (module !== chosen)
      for (const path of namesOf(app, module, chosen, stateDir))
        yield {
          path: ['apps', app.name, ...path],
          text: `has no effect with backend = "${app.backend}"; set backend = "${module.name}" or leave it out`,
          isIdle: true,
        };
}
