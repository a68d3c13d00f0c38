/** What Okta's profile attributes arrive as, without anything being mapped by hand (docs/okta-agent.md, Users). */
export interface KnownMapping {
  readonly okta: string;
  readonly arrives_as: string;
  readonly note: string;
}

export const KNOWN_MAPPINGS: readonly KnownMapping[] = [
  { okta: 'login', arrives_as: 'userName', note: 'the "Application username" under Sign On' },
  { okta: 'firstName, lastName', arrives_as: 'name.givenName, name.familyName', note: 'required' },
  { okta: 'email', arrives_as: 'emails, the primary one', note: 'its type is "primary", never "work": map nothing' },
  { okta: 'secondEmail', arrives_as: 'emails, type "secondary"', note: 'absent where it is empty' },
  { okta: 'mobilePhone', arrives_as: 'phoneNumbers, type "mobile"', note: 'the only number that is sent' },
];
