import { moduleNamed } from '../../backend/catalogue.ts';
import type { EntitlementSettings } from '../../backend/module/app-settings.ts';
import type { EntitlementKeeping } from '../../backend/module/entitlement-keeping.ts';
import type { App } from '../../config/config.ts';
import { ScimError } from '../../scim/error.ts';
import { fold } from '../../scim/text.ts';

const wrong = (text: string): ScimError => new ScimError('invalidValue', text, { fault: 'entitlement-unknown' });

/** @param name  absent: the only one there is. @throws invalidValue naming what there is */
export function typeNamed({ name: app, entitlements }: App, name: string | undefined): EntitlementSettings {
  if (entitlements.length === 0)
    throw wrong(`the app ${app} has no entitlements; declare a type under [apps.${app}.entitlements.TYPE]`);
  const found = entitlements.filter((type) => name === undefined || fold(type.name) === fold(name));
  const [type, another] = found;
  if (type && !another) return type;
  const known = entitlements.map((one) => one.name).join(', ');
  throw wrong(
    name === undefined
      ? `--type is needed; there are ${known}`
      : `--type: there is no type "${name}"; there are ${known}`,
  );
}

/** How the entitlements of a type are kept by commands. @throws invalidValue  they are kept elsewhere */
export function keepingOf({ backend, name: app }: App, { name, list }: EntitlementSettings): EntitlementKeeping<App> {
  if (list) throw wrong(`${name} has its list in the configuration; change [apps.${app}.entitlements.${name}] list`);
  const { entitlementKeeping, place, tools = 'other tools' } = moduleNamed(backend);
  if (entitlementKeeping) return entitlementKeeping;
  throw wrong(`the entitlements of type ${name} are in ${place}; use ${tools}`);
}
