import type { Draft } from '../scim/draft.ts';
import { isUrn } from '../scim/resource.ts';
import type { Extension } from '../scim/schema/extension.ts';
import { findAttribute, findExtension, type ResourceType } from '../scim/schema/resource-type.ts';

/** `urn:okta:APP:1.0:user:custom` → `APP`. */
const appIn = (urn: string): string => (urn.split(':')[2] ?? '').slice(0, 80);

const isForeign = (extension: Extension, urn: string): boolean =>
  extension.open && appIn(extension.urn).toLowerCase() !== appIn(urn).toLowerCase();

/**
 * Okta's own name of the app, from the namespace of the custom attributes that came; the configured one where it is among
 * them. Undefined where none came, and of groups: theirs is the same for every app.
 */
export function oktaAppOf(type: ResourceType, { attributes }: Draft): string | undefined {
  if (!type.isAccount) return undefined;
  const urns = Object.keys(attributes).filter((key) => isUrn(key) && findExtension(type, key)?.extension.open);
  const own = urns.find((urn) => type.extensions.some((extension) => extension.open && !isForeign(extension, urn)));
  const urn = own ?? urns[0];
  return urn === undefined ? undefined : appIn(urn);
}

/**
 * What the operator has to change for custom attributes to arrive where an import shows them: they came under another
 * app's name, or without a namespace. Absent: nothing. docs/okta-agent.md, "Custom attributes".
 */
export function namespaceHint(type: ResourceType, { attributes, ignored }: Draft): string | undefined {
  for (const key of Object.keys(attributes).filter(isUrn)) {
    const extension = findExtension(type, key)?.extension;
    if (extension && isForeign(extension, key))
      return `custom attributes came under the app ${JSON.stringify(appIn(key))}, and okta_app is ${JSON.stringify(appIn(extension.urn))}: set okta_app = ${JSON.stringify(appIn(key))}, or the External namespace in Okta's Profile Editor to ${extension.urn}`;
  }
  for (const { attributes: declared, open, urn } of type.extensions) {
    const bare = open ? ignored.find((name) => findAttribute(declared, name)) : undefined;
    if (bare !== undefined)
      return `${bare} is a custom attribute and came without a namespace: make it again in Okta's Profile Editor with the External namespace ${urn}`;
  }
  return undefined;
}
