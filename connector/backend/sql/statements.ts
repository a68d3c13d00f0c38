import type { StoredChange } from '../trail.ts';

const passwordStatement = ({ password, kind }: StoredChange, replace: string): readonly string[] => {
  if (password === undefined) return [];
  const verb = password === 'removed' ? 'DELETE FROM' : kind === 'create' ? 'INSERT INTO' : replace;
  return [`${verb} password … (the hash is not shown)`];
};

const memberStatement = (verb: string, ids: readonly string[] | undefined): readonly string[] =>
  ids?.length ? [`${verb} membership … (${ids.length} ${ids.length === 1 ? 'member' : 'members'})`] : [];

/**
 * The statements that a change came to, for the journal: which rows, in the terms of the tables. The values stand
 * in the record beside them and are not written twice.
 * @param replace  how a row is put in the place of another
 */
export function statementsOf(change: StoredChange, replace = 'INSERT INTO'): readonly string[] {
  const { kind, type, id, before, after, joined, left } = change;
  if (kind === 'delete') return [`DELETE FROM resource WHERE id = '${id}'`];
  const row =
    kind === 'create'
      ? `INSERT INTO resource (id, type, doc, …) VALUES ('${id}', '${type}', …)`
      : `UPDATE resource SET ${before || after ? 'doc = …, ' : ''}modified = …, version = version + 1 WHERE id = '${id}'`;
  return [
    row,
    ...memberStatement('INSERT INTO', joined),
    ...memberStatement('DELETE FROM', left),
    ...passwordStatement(change, replace),
  ];
}
