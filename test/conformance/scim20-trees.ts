import fc from 'fast-check';

/** Terms in any tree of `and`, `or` and `not`. */
export const anyTree = (terms: readonly string[]): fc.Arbitrary<string> =>
  fc.letrec<{ tree: string }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      fc.constantFrom(...terms),
      fc.tuple(tie('tree'), fc.constantFrom('and', 'or'), tie('tree')).map(([a, op, b]) => `(${a} ${op} ${b})`),
      tie('tree').map((tree) => `not (${tree})`),
    ),
  })).tree;

type TypeName = 'User' | 'Group';

/** A list, its parts, and values that they have. */
const LISTS: readonly (readonly [TypeName, string, readonly string[], readonly string[]])[] = [
  [
    'User',
    'emails',
    ['value', 'type', 'display'],
    ['bjensen@example.com', 'babs@jensen.org', 'example', 'work', 'home', 'primary', 'other', ''],
  ],
  ['User', 'phoneNumbers', ['value', 'type'], ['+1-201-555-0123', '1', '555-555-8377', '55', 'work', 'mobile', '-']],
  ['User', 'addresses', ['locality', 'type', 'country', 'streetAddress'], ['Porto', 'work', 'home', 'US', '2', 'o']],
  ['User', 'groups', ['value', 'display', 'type'], ['$G', 'Engineering', 'e', 'direct', 'indirect', 'ärzte']],
  ['User', 'roles', ['value'], ['admin', 'GUIDE', 'i']],
  ['Group', 'members', ['value', 'display', 'type'], ['$0', '$2', '$G', 'babs jensen', 'User', 'Group', 'e']],
];

/** A filter of one element, on users or on groups. */
export const anyElement: fc.Arbitrary<readonly [TypeName, string]> = fc
  .constantFrom(...LISTS)
  .chain(([type, list, parts, values]) => {
    const operator = fc.constantFrom('eq', 'eq', 'eq', 'ne', 'co', 'sw', 'ew', 'gt', 'le');
    const compared = fc
      .tuple(fc.constantFrom(...parts), operator, fc.constantFrom(...values))
      .map(([part, op, value]) => `${part} ${op} ${JSON.stringify(value)}`);
    const present = fc.constantFrom(...parts).chain((part) => fc.constantFrom(`${part} pr`, `${part} eq null`));
    const primary = fc.constantFrom('primary eq true', 'primary ne true', 'primary pr');
    const hasPrimary = type === 'User' && list !== 'groups';
    const term = fc.oneof({ weight: 6, arbitrary: compared }, present, ...(hasPrimary ? [primary] : []));
    const inner = fc.letrec<{ tree: string }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 2, depthSize: 'small' },
        term,
        fc.tuple(tie('tree'), fc.constantFrom('and', 'or'), tie('tree')).map(([a, op, b]) => `(${a} ${op} ${b})`),
        tie('tree').map((tree) => `not (${tree})`),
      ),
    })).tree;
    const whole = fc.oneof(
      inner,
      fc.tuple(term, term).map(([a, b]) => `${a} and ${b}`),
    );
    const trailing = fc.oneof(
      fc.constant(''),
      compared.map((one) => `.${one}`),
    );
    return fc.tuple(whole, trailing).map(([filter, rest]) => [type, `${list}[${filter}]${rest}`] as const);
  });
