import { ScimError, shown } from '../../../scim/error.ts';
import { parsePath } from '../../../scim/path.ts';
import type { Attribute } from '../../../scim/schema/attribute.ts';
import { undeclared } from '../../../scim/schema/custom.ts';
import type { Extension } from '../../../scim/schema/extension.ts';
import {
  bindPath,
  findAttribute,
  findExtension,
  formatBoundPath,
  type ResourceType,
} from '../../../scim/schema/resource-type.ts';

/** Where a row leads in a resource. */
export interface MappedPath {
  readonly extension?: Extension;
  readonly attribute: Attribute;
  /** `type` of the plural values the row is for; `primary` also stands for the primary one. */
  readonly label?: string;
  readonly sub?: Attribute;
}

function unknownPath(path: string, setting: string): ScimError {
  return new ScimError('invalidValue', `${setting}: there is no SCIM attribute ${shown(path)}`, {
    fault: 'mapping-invalid',
  });
}

/** @param setting  the line of the configuration. @throws invalidValue naming it */
export function mappedPath(type: ResourceType, path: string, setting: string): MappedPath {
  if (path.toLowerCase().startsWith('urn:')) {
    const parsed = parsePath(path);
    const bound = parsed && bindPath(type, parsed);
    const extension = parsed?.urn === undefined ? undefined : findExtension(type, parsed.urn)?.extension;
    if (!bound) throw unknownPath(path, setting);
    const { attribute, sub } = bound;
    return { ...(extension ? { extension } : {}), attribute, ...(sub ? { sub } : {}) };
  }
  const [first = '', ...rest] = path.split('.');
  if (first === 'custom') {
    const extension = type.extensions.find(({ open }) => open);
    const name = rest.join('.');
    if (!extension || name === '') throw unknownPath(path, setting);
    return { extension, attribute: findAttribute(extension.attributes, name) ?? undeclared(name) };
  }
  const attribute = findAttribute(type.attributes, first);
  if (!attribute) throw unknownPath(path, setting);
  const [label, name] = attribute.multiValued ? rest : [undefined, rest[0]];
  const sub = name === undefined ? undefined : findAttribute(attribute.subAttributes, name);
  const left = rest.length - (label === undefined ? 0 : 1) - (sub ? 1 : 0);
  const partOfNothing = attribute.type === 'complex' && !attribute.multiValued && !sub;
  if (left > 0 || (name !== undefined && !sub) || partOfNothing) throw unknownPath(path, setting);
  return { attribute, ...(label === undefined ? {} : { label }), ...(sub ? { sub } : {}) };
}

/** The attribute that holds the value, as the schema declares it. */
export function valueAttribute({ attribute, sub }: MappedPath): Attribute {
  if (sub) return sub;
  return attribute.subAttributes.find(({ name }) => name === 'value') ?? attribute;
}

/** As clients write it, without the label. */
export const formatMappedPath = ({ extension, attribute, sub }: MappedPath): string =>
  formatBoundPath({ ...(extension ? { extension: extension.urn } : {}), attribute, ...(sub ? { sub } : {}) });
