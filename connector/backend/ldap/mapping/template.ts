import { ScimError } from '../../../scim/error.ts';
import { type Attributes, isComplex, type Scalar, type Value } from '../../../scim/resource.ts';

/** A part of a template that only the directory can tell to be free. Unit of `longest`: characters. */
export type Generator =
  | { readonly kind: 'unique'; readonly longest?: number }
  | { readonly kind: 'next'; readonly from: number; readonly to: number };

/** Text with `{path}` in it. `{a|b}` takes the first that has a value, `{path:lower}` changes what it takes. */
export interface Template {
  /** As it is written. */
  readonly text: string;
  /** Top-level attributes it reads. */
  readonly uses: ReadonlySet<string>;
  /** Of its part `{path:unique}` or `{next:FROM-TO}`. */
  readonly generator?: Generator;
  /**
   * `undefined` when a placeholder has no value.
   * @param make  the generated part, from what it would be without a number; empty for a number alone
   */
  render(attributes: Attributes, make?: (text: string) => string): string | undefined;
}

type Transform = (text: string) => string;

const local: Transform = (text) => text.split('@')[0] ?? '';

/** Without the characters that a sAMAccountName may not have (MS-SAMR §3.1.1.6), and no longer than it may be. */
const plain: Transform = (text) =>
  text
    .replace(/["/\\[\]:;|=,+*?<>@\p{Cc}]/gu, '')
    .trim()
    .slice(0, 256)
    .replace(/[. ]+$/, '');

/** How long a group's sAMAccountName may be, and a user's. */
const LONGEST: Readonly<Record<string, number>> = { plain: 256, account: 20 };

const TRANSFORMS: Readonly<Record<string, Transform>> = {
  lower: (text) => text.toLowerCase(),
  upper: (text) => text.toUpperCase(),
  /** What stands before an `@`. */
  local,
  plain,
  /** A user's sAMAccountName. */
  account: (text) => plain(plain(local(text)).slice(0, LONGEST['account'])),
};

const asText = (value: Scalar | readonly Scalar[] | undefined): string | undefined =>
  value === undefined || value === '' || typeof value === 'object' ? undefined : String(value);

/** The value at `attribute[.sub]`; of a plural the primary one, else the first. */
function lookUp(attributes: Attributes, path: string): string | undefined {
  const [name = '', sub] = path.split('.');
  const value = attributes[name] as Value | undefined;
  const one = Array.isArray(value) ? (value.find((v) => isComplex(v) && v['primary'] === true) ?? value[0]) : value;
  return isComplex(one) ? asText(one[sub ?? 'value']) : asText(one as Scalar | undefined);
}

type Piece = (attributes: Attributes, make?: (text: string) => string) => string | undefined;

const RANGE = /^(\d+)-(\d+)$/;

/** `{next:10000-60000}`. @throws invalidValue */
function numberFrom(range: string, setting: string): Generator {
  const [, from = '', to = ''] = RANGE.exec(range) ?? [];
  const generator = { kind: 'next', from: Number(from), to: Number(to) } as const;
  if (from !== '' && generator.from <= generator.to && Number.isSafeInteger(generator.to)) return generator;
  throw new ScimError('invalidValue', `${setting}: {next:${range}} is no range; write it like {next:10000-60000}`, {
    fault: 'mapping-invalid',
  });
}

function transformed(names: readonly string[], setting: string): Transform {
  const steps = names.map((name) => {
    const transform = TRANSFORMS[name];
    if (transform) return transform;
    const known = [...Object.keys(TRANSFORMS), 'unique'].join(', ');
    throw new ScimError('invalidValue', `${setting}: ":${name}" is unknown; there are ${known}`, {
      fault: 'mapping-invalid',
    });
  });
  return (text) => steps.reduce((result, step) => step(result), text);
}

function value(paths: readonly string[], transform: Transform): Piece {
  return (attributes) => {
    for (const path of paths) {
      const found = lookUp(attributes, path);
      if (found !== undefined && transform(found) !== '') return transform(found);
    }
    return undefined;
  };
}

/** @throws invalidValue for a transformation or range that does not exist, naming `setting` */
export function parseTemplate(text: string, setting: string): Template {
  const uses = new Set<string>();
  const generators: Generator[] = [];
  const pieces = text.split(/\{([^{}]+)\}/).map((part, i): Piece => {
    if (i % 2 === 0) return () => part;
    const [alternatives = '', ...names] = part.split(':').map((word) => word.trim());
    if (alternatives === 'next') {
      generators.push(numberFrom(names.join(':'), setting));
      return (_, make) => make?.('');
    }
    const paths = alternatives.split('|').map((path) => path.trim());
    for (const path of paths) uses.add(path.split('.')[0] ?? '');
    if (names.at(-1) !== 'unique') return value(paths, transformed(names, setting));
    const longest = Math.min(...names.map((name) => LONGEST[name] ?? Number.POSITIVE_INFINITY));
    generators.push({ kind: 'unique', ...(Number.isFinite(longest) ? { longest } : {}) });
    const base = value(paths, transformed(names.slice(0, -1), setting));
    return (attributes, make = (same) => same) => {
      const found = base(attributes);
      return found === undefined ? undefined : make(found);
    };
  });
  if (generators.length > 1)
    throw new ScimError('invalidValue', `${setting}: only one part of a template can be unique or a number`, {
      fault: 'mapping-invalid',
    });
  return {
    text,
    uses,
    ...(generators[0] ? { generator: generators[0] } : {}),
    render(attributes, make) {
      const rendered = pieces.map((piece) => piece(attributes, make));
      return rendered.includes(undefined) ? undefined : rendered.join('');
    },
  };
}
