/** A piece of SQL with the values of its `?`, in their order. What clients wrote is only ever a parameter. */
export interface Sql {
  readonly text: string;
  readonly params: readonly (string | number)[];
}

/** Tagged template: nested pieces are inlined with their parameters, anything else is bound. */
export function sql(strings: TemplateStringsArray, ...values: readonly (Sql | string | number)[]): Sql {
  const params: (string | number)[] = [];
  let text = strings[0] ?? '';
  for (const [index, value] of values.entries()) {
    if (typeof value === 'object') {
      text += value.text;
      params.push(...value.params);
    } else {
      text += '?';
      params.push(value);
    }
    text += strings[index + 1] ?? '';
  }
  return { text, params };
}

/** Program text, never a client's. */
export const raw = (text: string): Sql => ({ text, params: [] });

/**
 * `parts` under one operator, as a balanced tree: databases allow expressions a certain depth (SQLite 1,000), and a long
 * chain of `or` is one deep to the left.
 */
export function joined(parts: readonly Sql[], operator: 'AND' | 'OR'): Sql {
  const [first] = parts;
  if (!first) return raw(operator === 'AND' ? 'TRUE' : 'FALSE');
  if (parts.length === 1) return first;
  const half = parts.length >> 1;
  return sql`(${joined(parts.slice(0, half), operator)} ${raw(operator)} ${joined(parts.slice(half), operator)})`;
}

/** Where `part` is false, and where it is neither: what is absent passes no comparison. */
export const contrary = (part: Sql): Sql => sql`((${part}) IS NOT TRUE)`;
