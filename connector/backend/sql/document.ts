import { ScimError } from '../../scim/error.ts';
import { displayName } from '../../scim/names.ts';
import { type Attributes, type Complex, isComplex, type Value } from '../../scim/resource.ts';
import { ENTERPRISE_SCHEMA } from '../../scim/schema/names.ts';
import type { Traits } from '../../scim/schema/resource-type.ts';
import { fold, nameKey } from '../../scim/text.ts';

/** A resource as a row of `resource` keeps it: the document, and what is looked up or shown elsewhere. */
export interface Document {
  readonly stored: Attributes;
  /** The text of it. */
  readonly doc: string;
  /** The natural key as the client wrote it, for error texts; `key` is the form in which names compare. */
  readonly natural: string;
  readonly key: string;
  readonly externalKey: string | null;
  /** How others call it, in `members` and `groups`. */
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
export function toDocument(type: Traits, attributes: Attributes): Document {
  const natural = textOf(attributes[type.naturalKey]);
  if (natural === undefined)
    throw new ScimError('invalidValue', `${type.naturalKey} is required and cannot be removed`, {
      fault: 'value-missing',
    });
  const stored: Attributes = Object.fromEntries(
    Object.entries(attributes)
      .filter(([attribute]) => !NOT_STORED.has(attribute))
      .map(([attribute, value]) => [attribute, attribute === ENTERPRISE_SCHEMA ? withoutComputed(value) : value]),
  );
  const externalId = textOf(attributes['externalId']);
  const block = attributes[ENTERPRISE_SCHEMA] as Attributes | undefined;
  return {
    stored,
    doc: JSON.stringify(stored),
    natural,
    key: nameKey(natural),
    externalKey: externalId === undefined ? null : fold(externalId),
    display: displayName(type, attributes),
    emails: emails(attributes['emails']),
    managerId: partOf(block?.['manager'], 'managerId'),
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
