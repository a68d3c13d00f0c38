import { shown } from '../../../scim/error.ts';
import type { FaultCode } from '../../../scim/fault-code.ts';
import { type Diagnosis, diagnose, type Fault } from './diagnosis.ts';
import type { Glossary } from './glossary.ts';
import type { LdapFailure } from './ldap-failure.ts';
import type { Operation } from './operation.ts';
import { givenName, refusedValues, withValues } from './refused-values.ts';
import { RESULT } from './result-code.ts';
import { invalid, type Verdict } from './verdict.ts';

/** An attribute that was refused, and what was to be written to it. */
interface Culprit {
  /** `userName (uid) "bjensen"`. */
  readonly subject: string;
  readonly label: string;
  readonly attribute: string;
  readonly values: readonly string[];
}

function culprit(attribute: string, values: readonly string[], glossary: Glossary): Culprit {
  const label = glossary.label(attribute);
  return { subject: withValues(label, values), label, attribute, values };
}

const byMaker = (attribute: string, glossary: Glossary): string => {
  const maker = glossary.maker(attribute);
  return maker === undefined ? '' : `; ${maker}`;
};

const taken = (text: string, fault: FaultCode = 'value-taken'): Verdict => ({ fault, reason: 'uniqueness', text });

/** Whether it is the name that Okta makes the account by. */
const takenName = ([culprit, ...others]: readonly Culprit[]): FaultCode =>
  others.length === 0 && /^(userName|displayName)\b/.test(culprit?.label ?? '') ? 'user-name-taken' : 'value-taken';

/** A conflict: which value it is, where that can be known, and never a guess. */
export function conflict(culprits: readonly Culprit[], glossary: Glossary): Verdict {
  if (culprits.length === 0)
    return taken('a value that must be unique is in use by another entry: the directory does not say which');
  const subjects = culprits.map(({ subject }) => subject).join(' or ');
  return taken(
    `${subjects} is already in use by another entry${byMaker(culprits[0]?.attribute ?? '', glossary)}`,
    takenName(culprits),
  );
}

/** The length is told where it is the fault, for it is what nobody sees. */
function misshapen({ subject, label, attribute, values }: Culprit, glossary: Glossary): Verdict {
  const longest = glossary.longest(attribute);
  const value = values.find((one) => longest !== undefined && one.length > longest);
  if (value !== undefined) return tooLong(attribute, value, glossary);
  const form = glossary.form(attribute);
  const limit = values.length === 0 && longest !== undefined ? `at most ${longest} characters` : undefined;
  const asked = form ?? limit;
  return invalid(
    'value-refused-by-schema',
    `${values.length === 0 ? `a value of ${label}` : subject} does not have the form that the directory asks for${asked === undefined ? '' : `: ${asked}`}`,
  );
}

/** @param value  longer than the directory takes */
export function tooLong(attribute: string, value: string, glossary: Glossary): Verdict {
  return invalid(
    'value-too-long',
    `${withValues(glossary.label(attribute), [value])} has ${value.length} characters, and the directory takes at most ${glossary.longest(attribute)}${byMaker(attribute, glossary)}`,
  );
}

type Teller = (culprit: Culprit, diagnosis: Diagnosis, glossary: Glossary) => Verdict;

const TELLERS: Readonly<Record<Exclude<Fault, 'taken' | 'dangling'>, Teller>> = {
  form: (it, _, glossary) => misshapen(it, glossary),
  single: ({ label }) => invalid('attribute-takes-one-value', `${label} takes one value only, and was given several`),
  undefined: ({ label }, _, { section }) =>
    invalid('attribute-not-in-schema', `${label} is not in the directory's schema; correct its line in ${section}.map`),
  disallowed: ({ label }, _, { section }) =>
    invalid(
      'attribute-not-allowed',
      `${label} is not allowed in such an entry: add an object class that allows it to ${section}.object_classes, or take its line out of ${section}.map`,
    ),
  required: ({ label }, { objectClass }) =>
    invalid(
      'attribute-required',
      `${label} is required${objectClass === undefined ? '' : ` by object class ${objectClass}`} and has no value`,
    ),
  repeated: ({ subject }) => invalid('value-there-already', `${subject} is given twice or is already there`),
  absent: ({ label }) => invalid('value-gone-already', `${label}: a value that was to be removed is not there`),
  unwritable: ({ label }, _, { section }) =>
    invalid(
      'attribute-kept-by-directory',
      `${label} is kept by the directory itself: let its line in ${section}.map only read it`,
    ),
  'beyond-ascii': ({ subject }) =>
    invalid(
      'value-beyond-ascii',
      `${subject} holds characters beyond ASCII, which the directory's 7-bit check plug-in refuses`,
    ),
  constraint: ({ subject }) =>
    invalid('value-breaks-rule', `${subject} breaks a rule that the directory's administrator has set`),
};

/** The attribute that holds a value which the server quotes. */
function holderOf(operation: Operation | undefined, value: string): string | undefined {
  if (operation?.kind !== 'add' && operation?.kind !== 'modify') return givenName(operation)[0]?.attribute;
  const names =
    operation.kind === 'add' ? Object.keys(operation.attributes) : operation.modifications.map((one) => one.attribute);
  return names.find((name) => refusedValues(operation, name).includes(value));
}

/** OpenLDAP's mdb keeps an RDN twice in a key of 511 bytes (measured: 240 go, 245 do not). Unit: bytes. */
const LONGEST_NAME = 240;

/** OpenLDAP says nothing but "other" of a name that is too long. */
function unnameable(operation: Operation | undefined, glossary: Glossary): Verdict | undefined {
  const long = givenName(operation).find(({ value }) => Buffer.byteLength(value) > LONGEST_NAME);
  if (!long) return undefined;
  const subject = withValues(glossary.label(long.attribute), [long.value]);
  return invalid('name-too-long', `${subject} is too long to name an entry${byMaker(long.attribute, glossary)}`);
}

const namesTaken = (operation: Operation | undefined, glossary: Glossary): readonly Culprit[] =>
  givenName(operation).map(({ attribute, value }) => culprit(attribute, [value], glossary));

/**
 * What a refusal is about, from the server's words and from what it was sent.
 * @returns `undefined` when neither says
 */
export function refusal({ code, diagnostic, operation }: LdapFailure, glossary: Glossary): Verdict | undefined {
  const diagnosis = diagnose(diagnostic, code);
  if (!diagnosis && code === RESULT.entryAlreadyExists) return conflict(namesTaken(operation, glossary), glossary);
  if (!diagnosis) return code === RESULT.other ? unnameable(operation, glossary) : undefined;
  const { fault, index, value } = diagnosis;
  if (fault === 'dangling') return invalid('reference-leads-nowhere', 'a reference to another entry leads to nobody');
  const found = value === undefined ? undefined : holderOf(operation, value);
  const attributes = found === undefined ? diagnosis.attributes : [found];
  const culprits = attributes.map((attribute) => {
    const values = value === undefined ? refusedValues(operation, attribute, index) : [value];
    return culprit(attribute, values, glossary);
  });
  if (fault === 'taken') return conflict(culprits, glossary);
  const [first] = culprits;
  const unnamed =
    value === undefined ? undefined : { subject: shown(value), label: shown(value), attribute: '', values: [] };
  const about = first ?? unnamed;
  return about && TELLERS[fault](about, diagnosis, glossary);
}
