import { parsePath } from '../../scim/path.ts';
import { type Attributes, isComplex } from '../../scim/resource.ts';
import { bindPath, type ResourceType } from '../../scim/schema/resource-type.ts';
import { comparable } from '../../scim/text.ts';
import { OperationError } from '../operation-error.ts';

/** Okta's "Unique user field name": whom two sides mean by it. */
export interface UniqueField {
  readonly name: string;
  /** The values of somebody, in the form in which they compare. Several addresses are several. */
  keysOf(attributes: Attributes): readonly string[];
}

const texts = (value: unknown): readonly string[] => {
  if (Array.isArray(value)) return value.flatMap(texts);
  if (isComplex(value)) return texts(value['value']);
  return value === undefined ? [] : [String(value)];
};

/** `email` is what Okta calls it; the attribute has another name. @throws OperationError usage */
export function uniqueField(type: ResourceType, name: string): UniqueField {
  const parsed = parsePath(name === 'email' ? 'emails' : name);
  const path = parsed && bindPath(type, parsed);
  if (!path)
    throw new OperationError(
      'usage',
      `--field: ${type.name} has no attribute ${JSON.stringify(name)}; userName, email and externalId are usual`,
    );
  const { extension, attribute, sub } = path;
  const rule = sub ?? attribute;
  return {
    name,
    keysOf: (attributes) => {
      const bag = extension === undefined ? attributes : (attributes[extension] as Attributes | undefined);
      const value = bag?.[attribute.name];
      const part = sub && isComplex(value) ? value[sub.name] : value;
      return [...new Set(texts(part).map((text) => comparable(rule, text)))].filter((key) => key !== '');
    },
  };
}
