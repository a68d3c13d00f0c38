import type { ResourceType } from '../scim/schema/resource-type.ts';

/** @param baseUrl  absolute, without a slash at the end */
export const locationOf = (baseUrl: string, type: ResourceType, id: string): string =>
  `${baseUrl}${type.endpoint}/${encodeURIComponent(id)}`;
