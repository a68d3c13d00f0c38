import { type Attribute, type AttributeType, attribute, string } from './attribute.ts';
import type { Extension } from './extension.ts';

/** How an operator declares a custom attribute (docs/okta-agent.md, Custom attributes). `list`: a plural of texts. */
export interface CustomAttribute {
  readonly name: string;
  readonly type: 'string' | 'boolean' | 'integer' | 'decimal' | 'datetime' | 'list';
  readonly description?: string;
  readonly required?: boolean;
  readonly caseExact?: boolean;
}

/** `{app}` differs per customer and org, so it is matched by pattern (docs/okta-agent.md, Custom attributes). */
const OKTA_USER_URN = /^urn:okta:[^:]+:1\.0:user(:[^:]+)?$/i;

export const OKTA_GROUP_URN = 'urn:okta:custom:group:1.0';

/** The URN Okta's Profile Editor asks for as "External namespace". `app` as in the admin URL /admin/app/{app}/. */
export const oktaUserUrn = (app: string): string => `urn:okta:${app}:1.0:user:custom`;

const declare = ({ name, type, description, required, caseExact }: CustomAttribute): Attribute =>
  attribute(name, (type === 'list' ? 'string' : type) satisfies AttributeType, description ?? 'Custom attribute.', {
    multiValued: type === 'list',
    ...(type === 'list' ? { childName: 'value' } : {}),
    required: required ?? false,
    caseExact: caseExact ?? false,
  });

/** An attribute nobody declared, found in an open extension: a string, a number, a boolean or a list of them. */
export const undeclared = (name: string): Attribute => attribute(name, 'string', 'Custom attribute.', { open: true });

/**
 * Okta's app attributes: the declared ones have a type, any other is kept as it came.
 * @param publishedAs  a URN of the operator's own, under which SCIM 2.0 has them
 */
export const oktaUserExtension = (
  app: string,
  declared: readonly CustomAttribute[],
  publishedAs?: string,
): Extension => ({
  urn: oktaUserUrn(app),
  accepts: (urn) => OKTA_USER_URN.test(urn) || urn.toLowerCase() === publishedAs?.toLowerCase(),
  ...(publishedAs === undefined ? {} : { publishedAs }),
  attributes: declared.map(declare),
  open: true,
});

export const oktaGroupExtension = (declared: readonly CustomAttribute[]): Extension => ({
  urn: OKTA_GROUP_URN,
  accepts: (urn) => urn.toLowerCase() === OKTA_GROUP_URN,
  attributes: [string('description', "The group's description in Okta."), ...declared.map(declare)],
  open: true,
});
