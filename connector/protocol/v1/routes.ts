import type { TypeName } from '../../scim/schema/resource-type.ts';
import type { Action, Discovery, Route } from '../protocol.ts';
import { providerConfig, resourceType, resourceTypes, schema, schemas } from './discovery.ts';

const onResources = (endpoint: string, type: TypeName): readonly Route[] => {
  const action = (name: 'list' | 'create' | 'get' | 'replace' | 'patch' | 'delete'): Action => ({ do: name, type });
  return [
    {
      path: `${endpoint}/:id`,
      methods: { GET: action('get'), PUT: action('replace'), PATCH: action('patch'), DELETE: action('delete') },
    },
    { path: endpoint, methods: { GET: action('list'), POST: action('create') } },
  ];
};

const question = (path: string, discovery: Discovery): Route => ({
  path,
  methods: { GET: { do: 'discover', discovery } },
});

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
