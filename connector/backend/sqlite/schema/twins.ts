import type { TypeName } from '../../../scim/schema/resource-type.ts';
import type { Connection } from '../connection/connection.ts';
import { NAME } from './name-keys.ts';

/** Resources that are one by name: they had two spellings of it before names compared as they do now. */
export interface Twins {
  readonly type: TypeName;
  readonly each: readonly { readonly id: string; readonly name: string }[];
}

const TWINS = `
WITH named AS (SELECT seq, id, type, ${NAME} AS name, name_key(${NAME}) AS key FROM resource)
SELECT type, json_group_array(json_object('id', id, 'name', name) ORDER BY seq)
FROM named GROUP BY type, key HAVING count(*) > 1 ORDER BY min(seq)`;

/** Worked out from the documents, so that a file of any schema tells. */
export const findTwins = (connection: Connection): readonly Twins[] =>
  connection
    .rows<readonly [TypeName, string]>(TWINS)
    .map(([type, each]) => ({ type, each: JSON.parse(each) as Twins['each'] }));
