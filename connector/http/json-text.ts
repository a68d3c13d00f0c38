/** Lists of fewer elements are written at once. */
const FEW = 64;

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
const isLazy = (value: object): value is Iterable<unknown> => Symbol.iterator in value;

/** Whether writing it at once might take long. */
export function isLong(value: unknown): boolean {
  if (!isObject(value)) return false;
  if (Array.isArray(value)) return value.length > FEW;
  if (isLazy(value)) return true;
  for (const name in value) if (isLong((value as Record<string, unknown>)[name])) return true;
  return false;
}

/**
 * JSON text in pieces, the next one made when it is asked for. What can be iterated is a list, whose elements need not
 * exist before.
 */
export function* jsonText(value: unknown): Generator<string, void> {
  if (!isLong(value) || !isObject(value)) yield JSON.stringify(value);
  else if (Array.isArray(value)) yield* listText(batches(value));
  else if (isLazy(value)) yield* listText(value);
  else yield* objectText(value);
}

/** Elements that are written together stand in a list of their own, others alone. */
class Batch {
  readonly elements: readonly unknown[];

  constructor(elements: readonly unknown[]) {
    this.elements = elements;
  }
}

function* batches(list: readonly unknown[]): Generator<unknown, void> {
  for (let start = 0; start < list.length; start += FEW) {
    const elements = list.slice(start, start + FEW);
    if (elements.some(isLong)) yield* elements;
    else yield new Batch(elements);
  }
}

function* listText(elements: Iterable<unknown>): Generator<string, void> {
  let before = '[';
  for (const element of elements) {
    yield before;
    if (element instanceof Batch) yield JSON.stringify(element.elements).slice(1, -1);
    else yield* jsonText(element);
    before = ',';
  }
  yield before === '[' ? '[]' : ']';
}

function* objectText(object: object): Generator<string, void> {
  let before = '{';
  for (const [name, value] of Object.entries(object)) {
    if (value === undefined) continue;
    yield `${before}${JSON.stringify(name)}:`;
    yield* jsonText(value);
    before = ',';
  }
  yield before === '{' ? '{}' : '}';
}
