import { type Element, stable } from '../scim/change.ts';
import { ScimError } from '../scim/error.ts';
import { type Filter, foldFilter } from '../scim/filter/ast.ts';
import { matches } from '../scim/filter/matches.ts';
import type { Assignment, Dialect, PatchOperation, Removal } from '../scim/patch-operation.ts';
import { type Complex, isComplex, type Scalar, type Value } from '../scim/resource.ts';
import type { Attribute } from '../scim/schema/attribute.ts';
import { type BoundPath, findAttribute } from '../scim/schema/resource-type.ts';
import { comparable, fold } from '../scim/text.ts';

/** How the elements of a list are found. */
export interface Finding {
  readonly dialect: Dialect;
  /** Whether the store shows an element of this type under this type: a directory has its own words, and few of them. */
  keepsType(attribute: Attribute, label: string): boolean;
}

/** Elements looked at between two moments at which others may have their turn. */
const STRIDE = 64;

/** The elements after an operation, in steps. */
type Worked = Generator<void, readonly Complex[]>;

/** Elements of one plural attribute at most, but for members of a group. */
const MOST_ELEMENTS = 1000;

/** What a filter says of whom it accepts, where it is nothing but equalities; `undefined` where it is more. */
const partsNamed = (filter: Filter<BoundPath>): Complex | undefined =>
  foldFilter<BoundPath, Complex | undefined>(filter, {
    and: (parts) => (parts.includes(undefined) ? undefined : (Object.assign({}, ...parts) as Complex)),
    or: ([first, ...others]) => (others.length === 0 ? first : undefined),
    not: () => undefined,
    some: () => undefined,
    present: () => undefined,
    compare: ({ sub }, op, value) =>
      op === 'eq' && sub && sub.type !== 'datetime' ? { [sub.name]: value } : undefined,
  });

/** An element as the resource would be that has it alone, for the filter's paths begin at the resource. */
const accepts = ({ attribute }: BoundPath, where: Filter<BoundPath> | undefined): ((element: Complex) => boolean) => {
  if (!where) return () => true;
  const test = matches(where);
  const meta = { created: '', lastModified: '' };
  return (element) => test({ id: '', meta, attributes: { [attribute.name]: [element] } });
};

/** What stands in the store for a type that it has no word for: the first of its elements for the first of the standard's. */
function standIn(elements: readonly Complex[], { at, where }: PatchOperation, finding: Finding): Complex | undefined {
  const { type: label, ...others } = (where && partsNamed(where)) ?? {};
  if (finding.dialect !== 'compatible' || typeof label !== 'string' || Object.keys(others).length > 0) return undefined;
  const types = findAttribute(at.attribute.subAttributes, 'type')?.canonicalValues ?? [];
  const element = elements[types.findIndex((one) => fold(one) === fold(label))];
  return element && !finding.keepsType(at.attribute, label) ? element : undefined;
}

/** Whom an operation is about. */
function* targets(
  elements: readonly Complex[],
  operation: PatchOperation,
  finding: Finding,
): Generator<void, ReadonlySet<Complex>> {
  const accepted = accepts(operation.at, operation.where);
  const found = new Set<Complex>();
  for (const [index, element] of elements.entries()) {
    if (index % STRIDE === STRIDE - 1) yield;
    if (accepted(element)) found.add(element);
  }
  if (operation.where && finding.dialect === 'profile' && found.size > 1) throw ambiguous(operation.at);
  const other = found.size === 0 ? standIn(elements, operation, finding) : undefined;
  return other ? new Set([other]) : found;
}

const noTarget = ({ attribute }: BoundPath): ScimError =>
  new ScimError(
    'noTarget',
    `no value of ${attribute.name} matches the filter of the path; add one to ${attribute.name} itself`,
    {
      fault: 'patch-target-missing',
    },
  );

const onlyOnePrimary = ({ name }: Attribute): ScimError =>
  new ScimError('invalidValue', `${name}: only one value may be primary`, {
    fault: 'value-of-wrong-kind',
  });

/** The same text for values that are one: by `value` as the schema compares it, and by `type`. */
function keyOf(attribute: Attribute, { value, type }: Complex): string {
  const target = findAttribute(attribute.subAttributes, 'value');
  const text = typeof value === 'string' && target ? comparable(target, value) : stable(value as Scalar);
  // No text of a client's holds a NUL.
  return `${text}\0${typeof type === 'string' ? fold(type) : ''}`;
}

/** The one primary value ends the others, which had it before. */
function withOnePrimary(elements: readonly Complex[], primary: Complex | undefined): readonly Complex[] {
  if (primary?.['primary'] !== true) return elements;
  return elements.map((element) =>
    element !== primary && element['primary'] === true ? { ...element, primary: false } : element,
  );
}

/** RFC 7644 §3.5.2.1: what is there already is no second time there. */
function appended(attribute: Attribute, elements: readonly Complex[], sent: readonly Complex[]): readonly Complex[] {
  const valued = findAttribute(attribute.subAttributes, 'value') !== undefined;
  const result = [...elements];
  const places = new Map<string, number>();
  const enter = (element: Complex, place: number): void => {
    for (const key of valued
      ? [keyOf(attribute, element), keyOf(attribute, { value: element['value'] ?? '' })]
      : [stable(element)])
      if (!places.has(key)) places.set(key, place);
  };
  result.forEach(enter);
  let primary: Complex | undefined;
  for (const element of sent) {
    const place = places.get(valued ? keyOf(attribute, element) : stable(element));
    const next = place === undefined ? element : { ...result[place], ...element };
    if (place === undefined) enter(next, result.push(next) - 1);
    else result[place] = next;
    if (next['primary'] === true && element['primary'] === true) primary = next;
  }
  return withOnePrimary(result, primary);
}

/** RFC 7644 §3.5.2.2 with values, as Entra takes members out: those alone, by `value` and what else was sent. */
function withoutValues(
  attribute: Attribute,
  elements: readonly Complex[],
  values: readonly Element[],
): readonly Complex[] {
  const sent = values.map((item): Complex => (isComplex(item) ? item : { value: item }));
  const keys = new Set(sent.filter(({ value }) => value !== undefined).map((item) => keyOf(attribute, item)));
  const others = sent.filter((item) => item['value'] === undefined && Object.keys(item).length > 0);
  const isMeant = (element: Complex): boolean =>
    keys.has(keyOf(attribute, element)) ||
    keys.has(keyOf(attribute, { value: element['value'] ?? '' })) ||
    others.some((item) =>
      Object.entries(item).every(([name, part]) => stable(part as Scalar) === stable(element[name] as Scalar)),
    );
  return elements.filter((element) => !isMeant(element));
}

/** What replaces an element, whole or a part of it. Who leaves out what the filter names does not mean to lose it. */
function assigned(operation: Assignment, element: Complex, dialect: Dialect): Complex {
  const { op, at, where, value } = operation;
  if (at.sub) return { ...element, [at.sub.name]: value as Scalar };
  const sent = value as Complex;
  const named = Object.keys((where && partsNamed(where)) ?? {});
  const isPartial = dialect !== 'strict' && named.some((name) => !(name in sent));
  return op === 'add' || isPartial ? { ...element, ...sent } : sent;
}

/** @throws noTarget, invalidFilter, invalidValue */
function* assign(elements: readonly Complex[], operation: Assignment, finding: Finding): Worked {
  const { at, where, value } = operation;
  const { dialect } = finding;
  const found = yield* targets(elements, operation, finding);
  if (found.size === 0) {
    const parts = where ? partsNamed(where) : {};
    if (!parts || (where && dialect !== 'compatible')) throw noTarget(at);
    const made = { ...parts, ...(at.sub ? { [at.sub.name]: value as Scalar } : (value as Complex)) };
    return withOnePrimary([...elements, made], made);
  }
  let primary: Complex | undefined;
  const result = elements.map((element) => {
    if (!found.has(element)) return element;
    const next = assigned(operation, element, dialect);
    const isChosen = at.sub ? at.sub.name === 'primary' : (value as Complex)['primary'] === true;
    if (isChosen && next['primary'] === true) {
      if (primary) throw onlyOnePrimary(at.attribute);
      primary = next;
    }
    return next;
  });
  return withOnePrimary(result, primary);
}

const ambiguous = ({ attribute }: BoundPath): ScimError =>
  new ScimError('invalidFilter', `filter: several values of ${attribute.name} match it, and in a path one must`, {
    fault: 'filter-invalid',
  });

/** @throws noTarget, invalidFilter */
function* remove(elements: readonly Complex[], operation: Removal, finding: Finding): Worked {
  const { at, where, values } = operation;
  if (values) return withoutValues(at.attribute, elements, values);
  const found = yield* targets(elements, operation, finding);
  // A member that is not there is as good as removed (RFC 7644 §3.5.2.2).
  const mayMiss = finding.dialect === 'compatible' || at.attribute.name === 'members';
  if (where && found.size === 0 && !mayMiss) throw noTarget(at);
  if (!at.sub) return elements.filter((element) => !found.has(element));
  const { name } = at.sub;
  const strip = ({ [name]: _, ...rest }: Complex): Complex => rest;
  return elements
    .map((element) => (found.has(element) ? strip(element) : element))
    .filter((element) => Object.keys(element).length > 0);
}

/**
 * One operation on the elements of a plural attribute.
 * @throws noTarget, invalidFilter, invalidValue naming the attribute
 */
export function* operatedElements(elements: readonly Complex[], operation: PatchOperation, finding: Finding): Worked {
  const { at, where } = operation;
  if (operation.op === 'remove') return yield* remove(elements, operation, finding);
  if (where || at.sub) return yield* assign(elements, operation, finding);
  const sent = operation.value as Value as readonly Complex[];
  const result = operation.op === 'replace' ? sent : appended(at.attribute, elements, sent);
  if (at.attribute.name !== 'members' && result.length > MOST_ELEMENTS) {
    throw new ScimError(
      'invalidValue',
      `${at.attribute.name} has ${result.length} values; at most ${MOST_ELEMENTS} are kept`,
      {
        fault: 'value-of-wrong-kind',
      },
    );
  }
  return result;
}

/**
 * What is left when all is done: what has no `value` says nothing (Entra sets the parts of a new element one by one, its
 * value not first), and the same value of the same type is one.
 */
export function settled(attribute: Attribute, elements: readonly Complex[]): readonly Complex[] {
  if (!findAttribute(attribute.subAttributes, 'value')) return elements;
  const valued = elements.filter((element) => element['value'] !== undefined);
  const all = new Map<string, Complex>();
  for (const element of valued) {
    const key = keyOf(attribute, element);
    const known = all.get(key);
    all.set(key, known ? { ...known, ...element } : element);
  }
  return [...all.values()];
}
