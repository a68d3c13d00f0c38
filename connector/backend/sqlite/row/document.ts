import { ScimError } from '../../../scim/error.ts';
import { type Attributes, type Complex, ENTERPRISE_URN, isComplex, type Value } from '../../../scim/resource.ts';
import { NATURAL_KEY, type TypeName } from '../../../scim/schema/resource-type.ts';
import { fold } from '../../../scim/text.ts';

/** A resource as a row of `resource` keeps it: the document, and what is looked up or shown elsewhere. */
export interface Document {
  readonly doc: string;
  /** The natural key as the client wrote it, for error texts; `key` is the folded form. */
  readonly natural: string;
  readonly key: string;
  readonly externalKey: string | null;
  /** How others call it, in `members` and `groups` (Okta contract §1.13). */
  readonly display: string;
  /** Folded, each once. */
  readonly emails: readonly string[];
  readonly managerId: string | undefined;
}

/** Kept elsewhere, computed on reading, or secret. */
const NOT_STORED: ReadonlySet<string> = new Set(['id', 'meta', 'schemas', 'members', 'groups', 'password']);

const textOf = (value: Value | Attributes | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined;

const partOf = (value: unknown, name: string): string | undefined =>
  isComplex(value) ? textOf(value[name]) : undefined;

/** @throws invalidValue  the natural key is missing: the schema requires it, so this is only a removal */
export function toDocument(type: TypeName, attributes: Attributes): Document {
  const name = NATURAL_KEY[type];
  const natural = textOf(attributes[name]);
  if (natural === undefined) throw new ScimError('invalidValue', `${name} is required and cannot be removed`);
  const stored = Object.fromEntries(
    Object.entries(attributes)
      .filter(([attribute]) => !NOT_STORED.has(attribute))
      .map(([attribute, value]) => [attribute, attribute === ENTERPRISE_URN ? withoutComputed(value) : value]),
  );
  const externalId = textOf(attributes['externalId']);
  const block = attributes[ENTERPRISE_URN] as Attributes | undefined;
  const spoken = type === 'User' ? (textOf(attributes['displayName']) ?? partOf(attributes['name'], 'formatted')) : '';
  return {
    doc: JSON.stringify(stored),
    natural,
    key: fold(natural),
    externalKey: externalId === undefined ? null : fold(externalId),
    display: spoken || natural,
    emails: type === 'User' ? emails(attributes['emails']) : [],
    managerId: type === 'User' ? partOf(block?.['manager'], 'managerId') : undefined,
  };
}

function emails(value: Value | Attributes | undefined): string[] {
  const values = Array.isArray(value) ? value.map((element) => partOf(element, 'value')) : [];
  return [...new Set(values.filter((email) => email !== undefined).map(fold))];
}

/** `manager.displayName` is the manager's, whatever the client believed it to be. */
function withoutComputed(block: Value | Attributes): Value | Attributes {
  if (!isComplex(block) || !isComplex(block['manager'])) return block;
  const { displayName: _, ...manager } = block['manager'] as Complex;
  return { ...(block as Attributes), manager };
}
