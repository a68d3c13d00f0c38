/** SCIM 1.1 Core §3.1, spelled as in the Schema resource. */
export type AttributeType = 'string' | 'boolean' | 'decimal' | 'integer' | 'datetime' | 'binary' | 'complex';

/** One attribute or sub-attribute. Mutability and `returned` use RFC 7643's words; 1.1 shows them as `readOnly`. */
export interface Attribute {
  readonly name: string;
  readonly type: AttributeType;
  readonly multiValued: boolean;
  /** Name of one value of a plural attribute, e.g. `email`. Present exactly when `multiValued`. */
  readonly childName?: string;
  readonly description: string;
  readonly required: boolean;
  readonly mutability: 'readWrite' | 'readOnly' | 'writeOnly';
  readonly returned: 'default' | 'never';
  readonly caseExact: boolean;
  /** What people and directories know a resource by: it compares as directories compare names (`nameKey`). */
  readonly isName: boolean;
  /** No two resources of the type may share the value. */
  readonly unique: boolean;
  readonly canonicalValues: readonly string[];
  readonly subAttributes: readonly Attribute[];
  /** `merge` clears it when a PUT leaves it out: absence is the agent's way of saying "none left". */
  readonly clearedWhenAbsent: boolean;
  /** Its values are entitlements: a PUT that has it says all of them, and SCIM 1.1 does not know it. */
  readonly assigned: boolean;
  /** Not declared by anybody: an attribute of an open extension, its values typed by what the client sent. */
  readonly open: boolean;
}

type Options = Partial<Omit<Attribute, 'name' | 'type' | 'description'>>;

export function attribute(name: string, type: AttributeType, description: string, options: Options = {}): Attribute {
  return {
    name,
    type,
    description,
    multiValued: false,
    required: false,
    mutability: 'readWrite',
    returned: 'default',
    caseExact: false,
    isName: false,
    unique: false,
    canonicalValues: [],
    subAttributes: [],
    clearedWhenAbsent: false,
    assigned: false,
    open: false,
    ...options,
  };
}

export const string = (name: string, description: string, options?: Options): Attribute =>
  attribute(name, 'string', description, options);

export const boolean = (name: string, description: string, options?: Options): Attribute =>
  attribute(name, 'boolean', description, options);

export const complex = (
  name: string,
  description: string,
  subAttributes: readonly Attribute[],
  options?: Options,
): Attribute => attribute(name, 'complex', description, { ...options, subAttributes });

const PRIMARY = boolean('primary', "Indicates the preferred value; 'true' appears no more than once.");
const label = (canonicalValues: readonly string[], mutability: Attribute['mutability'] = 'readWrite'): Attribute =>
  string('type', "A label indicating the attribute's function.", { canonicalValues, mutability });
const display = (options: Options = {}): Attribute =>
  string('display', 'A human readable name, primarily used for display purposes. READ-ONLY.', {
    ...options,
    mutability: 'readOnly',
  });

/** A plural attribute with the standard sub-attributes of SCIM 1.1 Core §3.2: value, display, type, primary. */
export const plural = (
  name: string,
  childName: string,
  description: string,
  value: Attribute,
  types: readonly string[] = [],
): Attribute => complex(name, description, [value, display(), label(types), PRIMARY], { multiValued: true, childName });

/** Plural without `value`: addresses. */
export const pluralWithoutValue = (
  name: string,
  childName: string,
  description: string,
  subAttributes: readonly Attribute[],
  types: readonly string[],
): Attribute => complex(name, description, [...subAttributes, label(types), PRIMARY], { multiValued: true, childName });

/**
 * References to resources, by id; display and type are the server's (`members`, `groups`).
 * @param options  `isName`: they are shown by their names
 */
export const references = (
  name: string,
  childName: string,
  description: string,
  value: Attribute,
  types: readonly string[],
  { isName = false, ...options }: Options = {},
): Attribute => {
  const parts = [value, display({ isName }), label(types, 'readOnly')];
  return complex(name, description, parts, { ...options, multiValued: true, childName });
};
