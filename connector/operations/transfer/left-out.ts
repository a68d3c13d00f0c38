import { isComplex } from '../../scim/resource.ts';
import { elementFor, elements } from './cells.ts';
import type { ResourceDocument } from './resource-document.ts';

/** What no table has: times are those of the import, and a row's type is the file's. */
const IMPLIED = ['type', 'meta'];

/** An attribute of which a table holds nothing, or not all, and how many resources have it. */
export interface LeftOut {
  readonly attribute: string;
  readonly resources: number;
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
