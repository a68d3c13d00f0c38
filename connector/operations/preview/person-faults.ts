import type { Json } from '../../protocol/json.ts';
import { type Complex, isComplex } from '../../scim/resource.ts';

/** What keeps Okta from importing somebody, or from importing them well. */
export type PersonFault =
  | 'no userName'
  | 'no given name'
  | 'no family name'
  | 'no e-mail'
  | 'bad e-mail'
  | 'too long'
  | 'userName twice'
  | 'several primary e-mails';

export interface FaultMeaning {
  readonly kind: PersonFault;
  /** `refused`: Okta does not import them. `badly`: it imports something else than is meant. */
  readonly effect: 'refused' | 'badly';
  /** "12 without a given name" */
  readonly what: string;
  readonly fix: string;
}

/** In the order in which they are told. */
export const PERSON_FAULTS: readonly FaultMeaning[] = [
  {
    kind: 'no userName',
    effect: 'refused',
    what: 'without a userName',
    fix: 'give them a value of the attribute that userName is mapped to',
  },
  {
    kind: 'userName twice',
    effect: 'refused',
    what: 'with the userName of somebody else; Okta does not tell capitals from small letters',
    fix: 'rename all but one',
  },
  {
    kind: 'no given name',
    effect: 'refused',
    what: 'without a given name (name.givenName)',
    fix: 'fill it in, or make firstName optional in Okta: Directory > Profile Editor > User (default)',
  },
  {
    kind: 'no family name',
    effect: 'refused',
    what: 'without a family name (name.familyName)',
    fix: 'fill it in, or make lastName optional in Okta: Directory > Profile Editor > User (default)',
  },
  {
    kind: 'no e-mail',
    effect: 'refused',
    what: 'without an e-mail address',
    fix: 'fill it in, or map email in Okta to another attribute: Profile Editor, Mappings',
  },
  {
    kind: 'bad e-mail',
    effect: 'refused',
    what: 'with an e-mail address that is none',
    fix: 'correct it: NAME@DOMAIN, without blanks',
  },
  {
    kind: 'too long',
    effect: 'refused',
    what: 'with a value that is longer than Okta takes',
    fix: 'shorten it, or map another attribute in the Profile Editor',
  },
  {
    kind: 'several primary e-mails',
    effect: 'badly',
    what: 'with more than one primary e-mail address; Okta takes any of them',
    fix: 'mark one as primary',
  },
];

/** One thing that is wrong with somebody. */
export interface Fault {
  readonly kind: PersonFault;
  readonly text?: string;
}

/** Longest values of Okta's own profile (docs/previews.md, Lengths). Unit: characters. */
const LENGTHS = {
  userName: 100,
  'name.givenName': 50,
  'name.familyName': 50,
  'e-mail': 100,
  mobilePhone: 100,
} as const;

/** One name and one domain with a dot in it, as Okta asks for. */
const ADDRESS = /^[^\s@<>()[\],;:\\"]+@[^\s@<>()[\],;:\\".]+(?:\.[^\s@<>()[\],;:\\".]+)+$/u;

const textIn = (holder: unknown, name: string): string => {
  const value = isComplex(holder) ? holder[name] : undefined;
  return typeof value === 'string' ? value.trim() : '';
};

const listIn = (person: Json, name: string): readonly Complex[] => {
  const value = (person as Record<string, unknown>)[name];
  return Array.isArray(value) ? value.filter(isComplex) : [];
};

/** Longer ones are cut: the end of them is no news. */
const cited = (text: string): string => JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);

const sizeOf = (text: string): number => [...text].length;

/** What Okta would find wrong with a person of a page, as it is sent. Whether a name is somebody else's shows elsewhere. */
export function* personFaults(person: Json): Generator<Fault> {
  const { name } = person as { name?: unknown };
  const emails = listIn(person, 'emails');
  const primary = emails.filter((one) => one['primary'] === true);
  // Without a mark Okta takes the first.
  const first = textIn(primary[0] ?? emails.find(({ type }) => type === 'primary') ?? emails[0], 'value');
  const second = textIn(
    emails.find(({ type }) => type === 'secondary'),
    'value',
  );
  const mobile = textIn(
    listIn(person, 'phoneNumbers').find(({ type }) => type === 'mobile'),
    'value',
  );
  const given = textIn(name, 'givenName');
  const family = textIn(name, 'familyName');
  const userName = textIn(person, 'userName');
  if (userName === '') yield { kind: 'no userName' };
  if (given === '') yield { kind: 'no given name' };
  if (family === '') yield { kind: 'no family name' };
  if (first === '') yield { kind: 'no e-mail' };
  for (const address of [first, second])
    if (address !== '' && !ADDRESS.test(address)) yield { kind: 'bad e-mail', text: cited(address) };
  if (primary.length > 1)
    yield { kind: 'several primary e-mails', text: primary.map((one) => textIn(one, 'value')).join(', ') };
  yield* tooLong([
    ['userName', userName],
    ['name.givenName', given],
    ['name.familyName', family],
    ['e-mail', first],
    ['e-mail', second],
    ['mobilePhone', mobile],
  ]);
}

function* tooLong(values: readonly (readonly [keyof typeof LENGTHS, string])[]): Generator<Fault> {
  for (const [what, value] of values) {
    const most = LENGTHS[what];
    if (value.length > most && sizeOf(value) > most)
      yield { kind: 'too long', text: `${what} has ${sizeOf(value)} characters, ${most} are taken` };
  }
}
