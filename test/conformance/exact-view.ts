import type { Attribute } from '../../connector/scim/schema/attribute.ts';
import type { ResourceType } from '../../connector/scim/schema/resource-type.ts';
import { Group, User } from './people.ts';

const IDENTIFIERS: ReadonlySet<string> = new Set(['id', 'externalId']);
const REFERENCES: ReadonlySet<string> = new Set(['members', 'groups']);

function exact(attribute: Attribute): Attribute {
  if (IDENTIFIERS.has(attribute.name)) return { ...attribute, caseExact: true };
  if (!REFERENCES.has(attribute.name)) return attribute;
  const subAttributes = attribute.subAttributes.map((sub) =>
    sub.name === 'value' ? { ...sub, caseExact: true } : sub,
  );
  return { ...attribute, subAttributes };
}

/** A type as a protocol sees it that compares identifiers letter by letter (RFC 7643 §2.3.7, §3.1). */
const exactView = (type: ResourceType): ResourceType => ({ ...type, attributes: type.attributes.map(exact) });

export const ExactUser = exactView(User);
export const ExactGroup = exactView(Group);
