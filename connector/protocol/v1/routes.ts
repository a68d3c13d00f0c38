import type { Route } from '../protocol.ts';
import { onResources, question } from '../resource-routes.ts';
import { providerConfig, resourceType, resourceTypes, schema, schemas } from './discovery.ts';

/** Every route of SCIM 1.1; read this to learn the API. `/ResourceTypes` is 2.0's, and Okta asks for it. */
export const routes: readonly Route[] = [
  ...onResources('/Users', 'User'),
  ...onResources('/Groups', 'Group'),
  { path: '/Bulk', methods: { POST: { do: 'bulk' } } },
  question('/ServiceProviderConfigs', providerConfig),
  question('/ServiceProviderConfig', providerConfig),
  question('/Schemas', schemas),
  question('/Schemas/:id', schema),
  question('/ResourceTypes', resourceTypes),
  question('/ResourceTypes/:id', resourceType),
];
