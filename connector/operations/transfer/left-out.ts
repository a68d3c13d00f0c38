import { type Complex, isComplex } from '../../scim/resource.ts';
import { elementFor, elements } from './cells.ts';
import type { ResourceDocument } from './resource-document.ts';

/** What no table has: a row's type is the file's. */
const IMPLIED = ['type'];
/** What the name of a column of a plural attribute says. */
const IN_NAME = ['value', 'primary'];

/** An attribute of which a table holds nothing, or not all, and how many resources have it. */
export interface LeftOut {
  readonly attribute: string;
  readonly resources: number;
}

/** What a column with the value loses: the label where the column is called otherwise, and what else an element has. */
function* besideValue(path: string, element: Complex | undefined, label: string | undefined): Generator<string> {
  for (const [part, value] of Object.entries(element ?? {}))
    if (!IN_NAME.includes(part) && !(part === 'type' && value === label)) yield `${path}.${part}`;
}

function* within(path: string, value: unknown, columns: readonly string[]): Generator<string> {
  if (columns.includes(path)) return;
  const own = columns.filter((column) => column.startsWith(`${path}.`));
  if (isComplex(value) && own.length > 0)
    for (const [sub, part] of Object.entries(value)) yield* within(`${path}.${sub}`, part, columns);
  else if (Array.isArray(value) && own.length > 0) {
    const shown = own.map((column) => elementFor(value, column.slice(path.length + 1)));
    for (const { type } of elements(value).filter((element) => !shown.includes(element)))
      yield typeof type === 'string' ? `${path}.${type}` : path;
    for (const [i, element] of shown.entries()) yield* besideValue(path, element, own[i]?.slice(path.length + 1));
  } else yield path;
}

/** Paths of values that none of the columns shows, each as its own column would be called. */
function* attributesBeside(document: ResourceDocument, columns: readonly string[]): Generator<string> {
  for (const [name, value] of Object.entries(document))
    if (name.includes(':') && isComplex(value))
      for (const [inner, one] of Object.entries(value)) yield* within(`${name}:${inner}`, one, columns);
    else if (!IMPLIED.includes(name)) yield* within(name, value, columns);
}

/** Counts over the documents of an export. */
export class LeftOutCount {
  readonly #columns: readonly string[];
  readonly #counts = new Map<string, number>();

  constructor(columns: readonly string[]) {
    this.#columns = columns;
  }

  add(document: ResourceDocument): void {
    for (const name of new Set(attributesBeside(document, this.#columns)))
      this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
  }

  /** By name. */
  list(): readonly LeftOut[] {
    const all = [...this.#counts].map(([attribute, resources]) => ({ attribute, resources }));
    return all.toSorted((a, b) => (a.attribute < b.attribute ? -1 : 1));
  }
}
