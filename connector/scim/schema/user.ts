import {
  type Attribute,
  attribute,
  boolean,
  complex,
  plural,
  pluralWithoutValue,
  references,
  string,
} from './attribute.ts';

const text = (name: string, description: string): Attribute => string(name, description);

/**
 * SCIM core User (SCIM 1.1 Core §6). Order is the specification's, which is also the order on the wire.
 * `id`, `externalId` and `meta` are common to all types: see `resource-type.ts`.
 */
export const userAttributes: readonly Attribute[] = [
  string(
    'userName',
    'Unique identifier for the User, typically used by the user to directly authenticate to the service provider.',
    { required: true, unique: true, isName: true },
  ),
  complex('name', "The components of the User's real name.", [
    text(
      'formatted',
      'The full name, including all middle names, titles, and suffixes as appropriate, formatted for display.',
    ),
    text('familyName', 'The family name of the User, or Last Name in most Western languages.'),
    text('givenName', 'The given name of the User, or First Name in most Western languages.'),
    text('middleName', 'The middle name(s) of the User.'),
    text('honorificPrefix', 'The honorific prefix(es) of the User, or Title in most Western languages.'),
    text('honorificSuffix', 'The honorific suffix(es) of the User, or Suffix in most Western languages.'),
  ]),
  text('displayName', 'The name of the User, suitable for display to end-users.'),
  text('nickName', 'The casual way to address the user in real life.'),
  text('profileUrl', "A fully qualified URL to a page representing the User's online profile."),
  text('title', "The user's title, such as Vice President."),
  text('userType', 'Used to identify the organization to user relationship.'),
  text('preferredLanguage', "The User's preferred written or spoken language."),
  text('locale', "The User's default location for purposes of localizing items such as currency and date time format."),
  text('timezone', "The User's time zone in the Olson timezone database format."),
  boolean('active', "A Boolean value indicating the User's administrative status."),
  string('password', "The User's clear text password. Never returned by a Service Provider in any form.", {
    mutability: 'writeOnly',
    returned: 'never',
    caseExact: true,
  }),
  plural('emails', 'email', 'E-mail addresses for the User.', text('value', 'The e-mail address.'), [
    'work',
    'home',
    'other',
  ]),
  plural(
    'phoneNumbers',
    'phoneNumber',
    'Phone numbers for the User.',
    text('value', 'The phone number, RFC 3966 form.'),
    ['work', 'home', 'mobile', 'fax', 'pager', 'other'],
  ),
  plural('ims', 'im', 'Instant messaging address for the User.', text('value', 'The instant messaging address.'), [
    'aim',
    'gtalk',
    'icq',
    'xmpp',
    'msn',
    'skype',
    'qq',
    'yahoo',
  ]),
  plural(
    'photos',
    'photo',
    'URL of a photo of the User.',
    string('value', 'The URL of an image file.', { caseExact: true }),
    ['photo', 'thumbnail'],
  ),
  pluralWithoutValue(
    'addresses',
    'address',
    'A physical mailing address for this User.',
    [
      text('formatted', 'The full mailing address, formatted for display or use with a mailing label.'),
      text('streetAddress', 'The full street address component.'),
      text('locality', 'The city or locality component.'),
      text('region', 'The state or region component.'),
      text('postalCode', 'The zipcode or postal code component.'),
      text('country', 'The country name component (ISO 3166-1 alpha 2).'),
    ],
    ['work', 'home', 'other'],
  ),
  references(
    'groups',
    'group',
    'A list of groups that the user belongs to.',
    string('value', 'The id of the Group resource.', { mutability: 'readOnly' }),
    ['direct', 'indirect'],
    { mutability: 'readOnly', isName: true },
  ),
  plural(
    'entitlements',
    'entitlement',
    'A list of entitlements for the User that represent a thing the User has.',
    text('value', 'The entitlement.'),
  ),
  plural(
    'roles',
    'role',
    'A list of roles for the User that collectively represent who the User is.',
    text('value', 'The role.'),
  ),
  plural(
    'x509Certificates',
    'x509Certificate',
    'A list of certificates issued to the User.',
    attribute('value', 'binary', 'DER encoded x509, base64.', { caseExact: true }),
  ),
];
