import type { Attribute } from '../../scim/schema/attribute.ts';
import { string } from '../../scim/schema/attribute.ts';
import type { ResourceType, ResourceTypes } from '../../scim/schema/resource-type.ts';

/** References are compared to the letter (RFC 7643 §2.3.7), and so are ids (§3.1). */
const EXACT: ReadonlySet<string> = new Set(['id', 'externalId', 'profileUrl']);
const REFERENCES: ReadonlySet<string> = new Set(['members', 'groups']);

const RESOURCE_TYPE = string('resourceType', "The name of the resource's type.", {
  mutability: 'readOnly',
  caseExact: true,
});

const LABEL = string('display', 'A name for the value, as people shall see it.');

function parts({ name, subAttributes, assigned }: Attribute): readonly Attribute[] {
  // What to remove is said by PATCH itself.
  if (name === 'meta') return [RESOURCE_TYPE, ...subAttributes.filter((sub) => sub.name !== 'attributes')];
  if (REFERENCES.has(name))
    return subAttributes.map((sub) => (sub.name === 'value' ? { ...sub, caseExact: true } : sub));
  // What an entitlement is called says its catalogue.
  if (assigned) return subAttributes;
  // Of values that lead nowhere else the label is the client's own.
  return subAttributes.map((sub) => {
    if (sub.name === 'display') return LABEL;
    return name === 'photos' && sub.name === 'value' ? { ...sub, caseExact: true } : sub;
  });
}

const seen = (attribute: Attribute): Attribute => ({
  ...attribute,
  caseExact: attribute.caseExact || EXACT.has(attribute.name),
  subAttributes: parts(attribute),
});

/** The manager's id is an id like others (RFC 7643 §4.3). */
const seenBeside = (attribute: Attribute): Attribute =>
  attribute.name === 'manager' ? { ...attribute, subAttributes: attribute.subAttributes.map(exactId) } : attribute;

const exactId = (part: Attribute): Attribute => (part.name === 'managerId' ? { ...part, caseExact: true } : part);

const typeView = (type: ResourceType): ResourceType => ({
  ...type,
  attributes: type.attributes.map(seen),
  extensions: type.extensions.map((extension) => ({
    ...extension,
    attributes: extension.attributes.map(seenBeside),
  })),
});

/** The same people by the rules of RFC 7643. */
export const view = ({ User, Group }: ResourceTypes): ResourceTypes => ({
  User: typeView(User),
  Group: typeView(Group),
});
