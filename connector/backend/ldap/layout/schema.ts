/** What the server can evaluate on an attribute type. */
export interface MatchingRules {
  readonly equality?: string;
  readonly substrings?: string;
  readonly ordering?: string;
  /** Every name of the type, lower case; the same list for each of them. */
  readonly names?: readonly string[];
  /** The name that was asked for, as the server spells it. */
  readonly spelling?: string;
  /** OID of the syntax (RFC 4517 §3.3). */
  readonly syntax?: string;
  readonly single?: boolean;
  /** The server alone writes it. */
  readonly serverMade?: boolean;
  /** Of the server's own (RFC 4512 §3.4): no object class need allow it. */
  readonly operational?: boolean;
  /** The most that a value may have. Unit: characters. */
  readonly longest?: number;
}

/** Attribute types under their lower-case names; empty where the server does not say. */
export type Schema = ReadonlyMap<string, MatchingRules>;

const NAMES = /\bNAME\s+(?:'([^']+)'|\(([^)]*)\))/;
const rule = (text: string, keyword: string): string | undefined =>
  new RegExp(`\\b${keyword}\\s+'?([\\w.-]+)`).exec(text)?.[1];

interface Definition {
  readonly names: readonly string[];
  readonly spellings: readonly string[];
  readonly parent?: string;
  readonly rules: MatchingRules;
}

function parseDefinition(text: string): Definition {
  const match = NAMES.exec(text);
  const names = (match?.[1] ?? match?.[2] ?? '').split(/[\s']+/).filter((name) => name !== '');
  const parent = rule(text, 'SUP');
  const equality = rule(text, 'EQUALITY');
  const substrings = rule(text, 'SUBSTR');
  const ordering = rule(text, 'ORDERING');
  const syntax = rule(text, 'SYNTAX');
  return {
    names: names.map((name) => name.toLowerCase()),
    spellings: names,
    ...(parent === undefined ? {} : { parent: parent.toLowerCase() }),
    rules: {
      ...(equality === undefined ? {} : { equality }),
      ...(substrings === undefined ? {} : { substrings }),
      ...(ordering === undefined ? {} : { ordering }),
      ...(syntax === undefined ? {} : { syntax }),
      ...(/\bSINGLE-VALUE\b/.test(text) ? { single: true } : {}),
      ...(/\bNO-USER-MODIFICATION\b/.test(text) ? { serverMade: true } : {}),
      ...(/\bUSAGE\s+(?!userApplications)\w/.test(text) ? { operational: true } : {}),
    },
  };
}

/** AttributeTypeDescriptions (RFC 4512 §4.1.2), the rules of their supertypes included. */
export function parseSchema(definitions: readonly string[]): Schema {
  const byName = new Map<string, Definition>();
  for (const definition of definitions.map(parseDefinition)) {
    for (const name of definition.names) byName.set(name, definition);
  }
  const inherited = ({ parent, rules }: Definition, depth: number): MatchingRules => {
    const above = parent === undefined || depth > 10 ? undefined : byName.get(parent);
    return above ? { ...inherited(above, depth + 1), ...rules } : rules;
  };
  return new Map(
    [...byName].map(([name, definition]) => {
      const { names, spellings } = definition;
      const spelling = spellings[names.indexOf(name)] ?? name;
      return [name, { ...inherited(definition, 0), names, spelling }];
    }),
  );
}
