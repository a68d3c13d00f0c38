import { RESULT } from './result-code.ts';

export type Fault =
  /** A value that must be unique is another entry's. */
  | 'taken'
  /** A value does not look as it must, or is too long. */
  | 'form'
  /** Several values where one is allowed. */
  | 'single'
  | 'undefined'
  | 'disallowed'
  | 'required'
  /** A value is there twice. */
  | 'repeated'
  /** A value that was to be removed is not there. */
  | 'absent'
  /** The directory keeps the attribute itself. */
  | 'unwritable'
  /** 389's 7-bit check. */
  | 'beyond-ascii'
  /** A rule of the directory's administrator. */
  | 'constraint'
  /** A DN that leads nowhere. */
  | 'dangling';

/** What a server says of a refusal beyond its result code. */
export interface Diagnosis {
  readonly fault: Fault;
  /** As the server spells them; none where it does not say. */
  readonly attributes: readonly string[];
  /** Which of the attribute's values it was, from 0. */
  readonly index?: number;
  readonly value?: string;
  readonly objectClass?: string;
}

/** A name of an attribute, and what stands around it in a server's words. The first that fits counts. */
const PATTERNS: readonly (readonly [RegExp, Fault])[] = [
  // OpenLDAP: slapd, its overlays unique and constraint.
  [/non-unique attributes found with \(\|?(?<filter>.*)\)$/, 'taken'],
  [/(?<attribute>[\w;-]+): value #(?<index>\d+) (?:invalid per syntax|too long)/, 'form'],
  [/(?<attribute>[\w;-]+): attribute type undefined/, 'undefined'],
  [/attribute '(?<attribute>[^']+)' not allowed/, 'disallowed'],
  [/object class '(?<objectClass>[^']+)' requires attribute '(?<attribute>[^']+)'/, 'required'],
  [/(?<attribute>[\w;-]+): multiple values provided/, 'single'],
  [/(?<attribute>[\w;-]+): value #(?<index>\d+) (?:provided more than once|already exists)/, 'repeated'],
  [/modify\/delete: (?<attribute>[\w;-]+): no such/, 'absent'],
  [/(?<attribute>[\w;-]+): no user modification allowed/, 'unwritable'],
  [/breaks constraint on (?<attribute>[\w;-]+)/, 'constraint'],
  // 389 Directory Server: the schema check, attribute uniqueness, 7-bit check.
  [/same attribute value already exists \(attribute: "(?<attribute>[^"]+)"\)/, 'taken'],
  [/attribute "(?<attribute>[^"]+)" not allowed/, 'disallowed'],
  [/missing attribute "(?<attribute>[^"]+)" required by object class "(?<objectClass>[^"]+)"/, 'required'],
  [/single-valued attribute "(?<attribute>[^"]+)" has multiple values/, 'single'],
  [/not 7-bit clean: (?<value>.+)$/, 'beyond-ascii'],
  // Samba.
  [/samldb: (?<attribute>\w+) '.*' (?:is )?already in use/, 'taken'],
  [/attribute '(?<attribute>[^']+)' on entry '.*' contains at least one invalid value/, 'form'],
  [/samldb: (?<attribute>\w+) contains invalid/, 'form'],
  [/Element (?<attribute>[\w;-]+) has empty attribute/, 'form'],
  [/attribute '(?<attribute>[^']+)' on entry '.*' was not found in the schema/, 'undefined'],
  [/attribute '(?<attribute>[^']+)' on entry '.*' does not exist in the specified objectclasses/, 'disallowed'],
  [/mandatory attribute \('(?<attribute>[^']+)'\) on entry '.*' wasn't specified/, 'required'],
  [/SINGLE-VALUE attribute (?<attribute>[\w;-]+) on /, 'single'],
  [/Referenced object not found/, 'dangling'],
  // Active Directory (MS-ADTS §3.1.1.5): ERROR_DS_UPN_VALUE_NOT_UNIQUE_IN_FOREST and its neighbour, then its "problems".
  [/^0{4}21C[78]\b.*\bAtt \w+ \((?<attribute>[\w-]+)\)/i, 'taken'],
  [/\(NO_ATTRIBUTE_OR_VAL\).*\bAtt \w+ \((?<attribute>[\w-]+)\)/, 'absent'],
  [/\(UNDEFINED_ATT_TYPE\).*\bAtt \w+ \((?<attribute>[\w-]+)\)/, 'undefined'],
  [/\(ATT_OR_VALUE_EXISTS\).*\bAtt \w+ \((?<attribute>[\w-]+)\)/, 'repeated'],
  [/\((?:CONSTRAINT_ATT_TYPE|INVALID_ATT_SYNTAX)\).*\bAtt \w+ \((?<attribute>[\w-]+)\)/, 'form'],
];

/** Active Directory: ERROR_USER_EXISTS, ERROR_GROUP_EXISTS, ERROR_ALIAS_EXISTS are about the account's name. */
const ACCOUNT_EXISTS = /^0{5}(?:524|526|562)\b/;

/** `(mail=a@x)(uid=a)` of a filter, escaped as RFC 4515 wants it. */
const asserted = (filter: string): readonly string[] => [
  ...new Set([...filter.matchAll(/\(([\w;-]+)=/g)].map(([, attribute = '']) => attribute)),
];

/** @returns `undefined` when the words are not known */
export function diagnose(diagnostic: string, code?: number): Diagnosis | undefined {
  const words = diagnostic.replace(/\s+/g, ' ').trim();
  if (code === RESULT.entryAlreadyExists && ACCOUNT_EXISTS.test(words))
    return { fault: 'taken', attributes: ['sAMAccountName'] };
  for (const [pattern, fault] of PATTERNS) {
    const groups = pattern.exec(words)?.groups;
    if (!groups && !pattern.test(words)) continue;
    const { attribute, filter, index, value, objectClass } = groups ?? {};
    // 389 names all attributes of one rule, blanks between them.
    const attributes =
      filter === undefined ? (attribute ?? '').split(' ').filter((name) => name !== '') : asserted(filter);
    return {
      fault,
      attributes,
      ...(index === undefined ? {} : { index: Number(index) }),
      ...(value === undefined ? {} : { value }),
      ...(objectClass === undefined ? {} : { objectClass }),
    };
  }
  return undefined;
}
