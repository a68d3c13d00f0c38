import type { TypeName } from '../scim/schema/resource-type.ts';
import type { Action, Discovery, Route } from './protocol.ts';

/** What can be done with resources of a type, in every version of SCIM. */
export const onResources = (endpoint: string, type: TypeName): readonly Route[] => {
  const action = (name: 'list' | 'create' | 'get' | 'replace' | 'patch' | 'delete'): Action => ({ do: name, type });
  return [
    {
      path: `${endpoint}/:id`,
      methods: { GET: action('get'), PUT: action('replace'), PATCH: action('patch'), DELETE: action('delete') },
    },
    { path: endpoint, methods: { GET: action('list'), POST: action('create') } },
  ];
};

/** A question about the app itself. */
export const question = (path: string, discovery: Discovery): Route => ({
  path,
  methods: { GET: { do: 'discover', discovery } },
});
