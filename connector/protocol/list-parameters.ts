import { ScimError, shown } from '../scim/error.ts';
import { bindSimple } from '../scim/filter/bind.ts';
import { type Path, parsePath } from '../scim/path.ts';
import type { Sort } from '../scim/query.ts';
import type { BoundPath, ResourceType } from '../scim/schema/resource-type.ts';
import type { Parameters } from './parameters.ts';

/** A whole number among the parameters. @throws invalidPaging naming it as `label` */
export function integer(parameters: Parameters, name: 'startindex' | 'count', label: string): number | undefined {
  const text = parameters.get(name)?.trim();
  if (text === undefined || text === '') return undefined;
  if (!/^[+-]?\d+$/.test(text))
    throw new ScimError('invalidPaging', `${label} must be a whole number, found ${shown(text)}`, {
      fault: 'paging-invalid',
    });
  return Math.min(Number(text), Number.MAX_SAFE_INTEGER);
}

/** @throws invalidValue  it is no filter that is wrong */
function sortable(type: ResourceType, path: Path): BoundPath {
  try {
    return bindSimple(type, path, 'sortBy');
  } catch (error) {
    if (!(error instanceof ScimError)) throw error;
    throw new ScimError('invalidValue', error.message, { fault: 'sort-invalid' });
  }
}

/**
 * @param meant  the path that a client's name of an attribute stands for
 * @throws invalidValue naming the parameter
 */
export function parseSort(type: ResourceType, parameters: Parameters, meant: (path: Path) => Path): Sort | undefined {
  const text = parameters.get('sortby')?.trim();
  const order = parameters.get('sortorder')?.trim().toLowerCase() ?? '';
  if (!['', 'ascending', 'descending'].includes(order)) {
    throw new ScimError('invalidValue', `sortOrder must be ascending or descending, found ${shown(order)}`, {
      fault: 'sort-invalid',
    });
  }
  if (text === undefined || text === '') return undefined;
  const path = parsePath(text);
  if (!path)
    throw new ScimError('invalidValue', `sortBy: ${shown(text)} is not an attribute name`, { fault: 'sort-invalid' });
  const bound = sortable(type, meant(path));
  if (bound.attribute.name === 'meta' && bound.sub?.name === 'attributes') {
    throw new ScimError('invalidValue', 'sortBy: meta.attributes is never stored', { fault: 'sort-invalid' });
  }
  // Locations differ by the id alone.
  const location = bound.attribute.name === 'meta' && bound.sub?.name === 'location';
  return { path: location ? bindSimple(type, { name: 'id' }, 'sortBy') : bound, descending: order === 'descending' };
}
