import type { Backend, Catalogue } from '../backend/backend.ts';
import { ScimError } from '../scim/error.ts';
import { type EntitlementType, type Holder, holderOf } from '../scim/schema/entitlement.ts';
import { fold } from '../scim/text.ts';
import { FixedCatalogue, type Listed } from './fixed-catalogue.ts';

/** A kind of entitlement, and where its entitlements are found. */
export interface Kind {
  readonly type: EntitlementType;
  readonly holder: Holder;
  readonly catalogue: Catalogue;
}

/** What people can be given in one app. */
export type Entitlements = readonly Kind[];

export interface Configured extends EntitlementType {
  readonly list?: Readonly<Record<string, Listed>>;
}

function catalogueOf({ list, ...type }: Configured, store: Backend): Catalogue {
  if (list) return new FixedCatalogue(list);
  const own = store.catalogue?.(type);
  if (own) return own;
  throw new ScimError(
    'notImplemented',
    `entitlements of type ${type.name}: reading them is not possible with this backend; give the type a list`,
    {
      fault: 'feature-off',
    },
  );
}

/** @throws notImplemented naming a type whose entitlements are nowhere */
export const entitlementsOf = (types: readonly Configured[], store: Backend): Entitlements =>
  types.map((configured) => ({
    type: configured,
    holder: holderOf(configured),
    catalogue: catalogueOf(configured, store),
  }));

/** The kinds that an attribute may hold. */
export const kindsIn = (entitlements: Entitlements, holder: Holder): Entitlements =>
  entitlements.filter((kind) => kind.holder === holder);

/** By the name that Okta has of it, whatever its case. */
export const kindNamed = (kinds: Entitlements, name: string): Kind | undefined =>
  kinds.find(({ type }) => type.name === name) ?? kinds.find(({ type }) => fold(type.name) === fold(name));
