import { ScimError } from '../../../scim/error.ts';
import { type Attributes, isComplex, type Scalar, type Value } from '../../../scim/resource.ts';

/** Text with `{path}` in it. `{a|b}` takes the first that has a value, `{path:lower}` changes what it takes. */
export interface Template {
  /** Top-level attributes it reads. */
  readonly uses: ReadonlySet<string>;
  /** `undefined` when a placeholder has no value. */
  render(attributes: Attributes): string | undefined;
}

type Transform = (text: string) => string;

const local: Transform = (text) => text.split('@')[0] ?? '';

/** Without the characters that a sAMAccountName may not have (MS-SAMR §3.1.1.6), and no longer than it may be. */
const plain: Transform = (text) =>
  text
    .replace(/["/\\[\]:;|=,+*?<>@]/g, '')
    .trim()
    .slice(0, 256);

const TRANSFORMS: Readonly<Record<string, Transform>> = {
  lower: (text) => text.toLowerCase(),
  upper: (text) => text.toUpperCase(),
  /** What stands before an `@`. */
  local,
  plain,
  /** A user's sAMAccountName: 20 characters at most. */
  account: (text) => plain(local(text)).slice(0, 20),
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

/** @throws invalidValue for a transformation that does not exist, naming `setting` */
export function parseTemplate(text: string, setting: string): Template {
  const parts = text.split(/\{([^{}]+)\}/);
  const uses = new Set<string>();
  const pieces = parts.map((part, i) => {
    if (i % 2 === 0) return () => part;
    const [alternatives = '', name] = part.split(':');
    const paths = alternatives.split('|').map((path) => path.trim());
    for (const path of paths) uses.add(path.split('.')[0] ?? '');
    const transform = name === undefined ? (value: string) => value : TRANSFORMS[name];
    if (!transform) {
      const known = Object.keys(TRANSFORMS).join(', ');
      throw new ScimError('invalidValue', `${setting}: ":${name}" is unknown; there are ${known}`);
    }
    return (attributes: Attributes): string | undefined => {
      for (const path of paths) {
        const value = lookUp(attributes, path);
        if (value !== undefined && transform(value) !== '') return transform(value);
      }
      return undefined;
    };
  });
  return {
    uses,
    render(attributes) {
      const rendered = pieces.map((piece) => piece(attributes));
      return rendered.includes(undefined) ? undefined : rendered.join('');
    },
  };
}
