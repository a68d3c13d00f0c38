import type { TypeName } from '../../scim/schema/resource-type.ts';
import type { Action, Mixed, Route } from '../protocol.ts';
import { onResources, question } from '../resource-routes.ts';
import { providerConfig, resourceType, resourceTypes, schema, schemas } from './discovery.ts';
import { decodeMixed, encodeMixed } from './mixed.ts';
import { searchParameters } from './search.ts';

/** Before what could be an id. */
const search = (endpoint: string, type: TypeName): Route => ({
  path: `${endpoint}/.search`,
  methods: { POST: { do: 'search', type, parametersIn: searchParameters } },
});

/** Tokens are not people (RFC 7644 §3.11). */
const ME: Action = { do: 'refuse', message: '/Me is not supported: a token stands for an app, not for a person' };

const MIXED: Mixed = { decode: decodeMixed, encode: encodeMixed };

/** Every route of SCIM 2.0 (RFC 7644 §3.2); read this to learn the API. */
export const routes: readonly Route[] = [
  search('/Users', 'User'),
  search('/Groups', 'Group'),
  ...onResources('/Users', 'User'),
  ...onResources('/Groups', 'Group'),
  { path: '/', methods: { GET: { do: 'mixed', mixed: MIXED } } },
  { path: '/.search', methods: { POST: { do: 'mixed', mixed: MIXED, parametersIn: searchParameters } } },
  { path: '/Bulk', methods: { POST: { do: 'bulk' } } },
  question('/ServiceProviderConfig', providerConfig),
  // A habit of 1.1's clients.
  question('/ServiceProviderConfigs', providerConfig),
  question('/Schemas', schemas),
  question('/Schemas/:id', schema),
  question('/ResourceTypes', resourceTypes),
  question('/ResourceTypes/:id', resourceType),
  { path: '/Me', methods: { GET: ME, POST: ME, PUT: ME, PATCH: ME, DELETE: ME } },
];

/** What anybody may know who has not said who he is (RFC 7644 §4). */
export const PUBLIC: ReadonlySet<string> = new Set([
  'ServiceProviderConfig',
  'ServiceProviderConfigs',
  'Schemas',
  'ResourceTypes',
]);

const segments = new Map(routes.map(({ path }) => [path.split('/')[1]?.toLowerCase() ?? '', path.split('/')[1] ?? '']));

/** A path with its endpoint as we spell it: some clients write `/users`. */
export function spelled(path: string): string {
  const [, first = ''] = path.split('/', 2);
  const ours = segments.get(first.toLowerCase());
  return ours === undefined || ours === first ? path : `/${ours}${path.slice(first.length + 1)}`;
}
