import type { TypeName } from '../../../scim/schema/resource-type.ts';

/** Everybody that `text` is true for. */
export const searchText = (type: TypeName, text: string): string =>
  `SELECT r.seq FROM resource AS r WHERE r.type = '${type}' AND (${text})`;
