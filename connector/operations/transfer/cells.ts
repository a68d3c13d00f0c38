import { parsePath } from '../../scim/path.ts';
import { type Complex, isComplex } from '../../scim/resource.ts';
import { bindPath, findAttribute, type ResourceType } from '../../scim/schema/resource-type.ts';
import { PLURAL } from './columns.ts';
import type { ResourceDocument } from './resource-document.ts';

export const elements = (value: unknown): Complex[] => (Array.isArray(value) ? value.filter(isComplex) : []);

/** The element of a plural attribute that the column of `type` shows. */
export function elementFor(value: unknown, type: string): Complex | undefined {
  const all = elements(value);
  const primary = all.find((element) => element['primary'] === true);
  if (type === 'primary') return primary ?? all.find((element) => element['type'] === 'primary') ?? all[0];
  return all.find((element) => element['type'] === type);
}

/** The text in one column; lists are separated by blanks, which ids never hold. */
export function cellOf(document: ResourceDocument, column: string): string {
  const plural = PLURAL.exec(column);
  if (plural?.[1] && plural[2]) return String(elementFor(document[plural[1]], plural[2])?.['value'] ?? '');
  const path = parsePath(column);
  if (!path) return '';
  const holder = (path.urn === undefined ? document : document[path.urn]) as Record<string, unknown> | undefined;
  const value = holder?.[path.name];
  const part = path.sub !== undefined && isComplex(value) ? value[path.sub] : value;
  if (Array.isArray(part)) return part.map((item) => (isComplex(item) ? item['value'] : item)).join(' ');
  return part === undefined || isComplex(part) ? '' : String(part);
}

/** Puts the text of one column where its path says. Empty cells are no value. */
export function setCell(type: ResourceType, document: Record<string, unknown>, column: string, cell: string): void {
  if (cell === '') return;
  const plural = PLURAL.exec(column);
  if (plural?.[1] && plural[2]) {
    const primary = plural[2] === 'primary' ? { primary: true } : {};
    document[plural[1]] = [...elements(document[plural[1]]), { value: cell, type: plural[2], ...primary }];
    return;
  }
  const path = parsePath(column);
  if (!path) return;
  const holder = path.urn === undefined ? document : { ...(document[path.urn] as Record<string, unknown> | undefined) };
  if (path.urn !== undefined) document[path.urn] = holder;
  const attribute =
    path.urn === undefined ? findAttribute(type.attributes, path.name) : bindPath(type, path)?.attribute;
  if (path.sub !== undefined)
    holder[path.name] = { ...(holder[path.name] as Record<string, unknown> | undefined), [path.sub]: cell };
  else holder[path.name] = attribute?.multiValued ? cell.split(/\s+/) : cell;
}
