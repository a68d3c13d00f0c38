export const CORE = 'urn:scim:schemas:core:1.0';
export const ENTERPRISE = 'urn:scim:schemas:extension:enterprise:1.0';
export const GROUP_EXTENSION = 'urn:okta:custom:group:1.0';

export type CustomValue = string | number | boolean | readonly string[];

/** Somebody as Okta's profile has them, under Okta's names. Unmapped attributes are absent. */
export interface Person {
  readonly userName: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email?: string;
  readonly secondEmail?: string;
  readonly mobilePhone?: string;
  /** Present when Okta syncs passwords. */
  readonly password?: string;
  readonly custom?: Readonly<Record<string, CustomValue>>;
  /** Memberships that Okta repeats and nobody may act on (docs/okta-agent.md, Users). */
  readonly groups?: readonly Reference[];
}

export interface Reference {
  readonly value: string;
  readonly display: string;
}

export interface PushedGroup {
  readonly displayName: string;
  readonly description?: string;
  /** Okta was seen to send the list, `null` and nothing (docs/okta-agent.md, Groups). */
  readonly members?: readonly Reference[] | null;
}

export type Payload = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Payload =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A resource that the connector has given an id. */
export interface Known extends Payload {
  readonly id: string;
}

export const isKnown = (resource: Payload): resource is Known => typeof resource['id'] === 'string';

/** `{app}` is the app's name in the URL of the admin's page (docs/okta-agent.md, Custom attributes). */
export const customUrn = (app: string): string => `urn:okta:${app}:1.0:user:custom`;

/** Which URNs a payload lists. */
export type Named = Readonly<Record<'user' | 'group' | 'enterprise', string>>;

const NAMED: Named = { user: CORE, group: CORE, enterprise: ENTERPRISE };

const emailsOf = ({ email, secondEmail }: Person): Payload[] => [
  ...(email === undefined ? [] : [{ value: email, primary: true, type: 'primary' }]),
  ...(secondEmail === undefined ? [] : [{ value: secondEmail, type: 'secondary' }]),
];

/**
 * A user as traced (docs/okta-agent.md, Users): the order of keys, the enterprise extension declared and absent,
 * nothing for what is unmapped.
 */
export function userPayload(app: string, person: Person, active: boolean, id?: string, urns: Named = NAMED): Payload {
  const { userName, firstName, lastName, mobilePhone, password, custom = {}, groups } = person;
  const urn = customUrn(app);
  const customized = Object.keys(custom).length > 0;
  const emails = emailsOf(person);
  return {
    schemas: [urns.user, urns.enterprise, ...(customized ? [urn] : [])],
    userName,
    ...(id === undefined ? {} : { id }),
    name: { formatted: `${firstName} ${lastName}`, givenName: firstName, familyName: lastName },
    ...(emails.length === 0 ? {} : { emails }),
    ...(mobilePhone === undefined ? {} : { phoneNumbers: [{ value: mobilePhone, primary: true, type: 'mobile' }] }),
    ...(password === undefined ? {} : { password }),
    active,
    ...(groups === undefined ? {} : { groups }),
    ...(customized ? { [urn]: custom } : {}),
  };
}

/** A group as in the tester's payloads (docs/okta-agent.md, Groups). */
export const groupPayload = (
  { displayName, description, members }: PushedGroup,
  id?: string,
  urns: Named = NAMED,
): Payload => ({
  schemas: [urns.group, ...(description === undefined ? [] : [GROUP_EXTENSION])],
  ...(id === undefined ? {} : { id }),
  displayName,
  ...(members === undefined ? {} : { members }),
  ...(description === undefined ? {} : { [GROUP_EXTENSION]: { description } }),
});

/**
 * The existence check; Okta sends two terms when the field is `email` and somebody has two addresses
 * (docs/okta-agent.md, Lookups).
 */
export function existenceFilter(field: string, values: readonly string[]): string {
  return values.map((value) => `${field} eq ${JSON.stringify(value)}`).join(' OR ');
}

/** Whole seconds, labelled UTC, as in Okta's sample code (docs/okta-agent.md, Imports). */
export const changedSince = (since: Date): string => `meta.lastModified gt "${since.toISOString().slice(0, 19)}Z"`;
