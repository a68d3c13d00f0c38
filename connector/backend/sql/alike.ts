import type { Comparison, Literal } from '../../scim/filter/ast.ts';
import { type BoundPath, formatBoundPath } from '../../scim/schema/resource-type.ts';
import type { Condition } from './condition.ts';
import { referenceOf } from './references.ts';

interface Equal {
  readonly path: BoundPath;
  readonly value: string;
}

/** Fewer are as well asked one by one. */
const MANY = 4;

/** Ids, and what compares letter by letter, are found by more than one comparison. */
const isPlain = (path: BoundPath): boolean => {
  const { attribute, sub } = path;
  const target = sub ?? attribute;
  return target.type === 'string' && !target.caseExact && attribute.name !== 'id' && !referenceOf(path);
};

/** The conditions of one filter that say `eq`: an `or` of many of one attribute is one look among many texts. */
export class Alike {
  readonly #amongMany: (path: BoundPath, values: readonly string[]) => Condition;
  readonly #equals = new Map<Condition, Equal>();

  /** @param amongMany  the condition that an attribute is one of many texts, which are in comparable form */
  constructor(amongMany: (path: BoundPath, values: readonly string[]) => Condition) {
    this.#amongMany = amongMany;
  }

  /** `condition`, remembered as what it says. */
  noting(path: BoundPath, op: Comparison, value: Literal, condition: Condition): Condition {
    if (op === 'eq' && typeof value === 'string' && isPlain(path)) this.#equals.set(condition, { path, value });
    return condition;
  }

  /** The same parts of an `or`, with those of one attribute together. */
  together(parts: readonly Condition[]): readonly Condition[] {
    const groups = Map.groupBy(parts, (part) => {
      const equal = this.#equals.get(part);
      return equal && formatBoundPath(equal.path);
    });
    return [...groups.values()].flatMap((alike) => {
      const equals = alike.flatMap((part) => this.#equals.get(part) ?? []);
      const [first] = equals;
      if (!first || equals.length < MANY) return alike;
      return [
        this.#amongMany(
          first.path,
          equals.map(({ value }) => value),
        ),
      ];
    });
  }
}
