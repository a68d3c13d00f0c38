import { ScimError, shown } from '../../scim/error.ts';
import type { Dialect, PatchOperation } from '../../scim/patch-operation.ts';
import { parsePath } from '../../scim/path.ts';
import { type Attributes, type Complex, isComplex, isUrn, type Scalar, type Value } from '../../scim/resource.ts';
import { undeclared } from '../../scim/schema/custom.ts';
import { type BoundPath, bindPath, findAttribute, type ResourceType } from '../../scim/schema/resource-type.ts';
import { decodeBody } from '../body/decoder.ts';
import { invalid } from '../body/invalid.ts';
import { decodeComplex, decodeScalar, entriesOf, isEmpty, type Mode, pick } from '../body/value.ts';
import type { Steps } from '../protocol.ts';
import { extensionAt } from '../wire-paths.ts';
import { asMeant } from './as-meant.ts';
import { readingOf } from './decode.ts';
import { type Aim, isNamed, readAim, unknownPath, withoutValues } from './patch-path.ts';
import { NAMES } from './urns.ts';

/** An operation as it came, its parts looked at one by one. */
export interface Step {
  readonly op: PatchOperation['op'];
  readonly path: unknown;
  readonly value: unknown;
  /** For error texts: `Operations[2]`. */
  readonly label: string;
}

type Verb = 'add' | 'replace';
type At = Extract<Aim, { readonly to: 'attribute' }>;

const MAX_IGNORED = 50;
/** Elements between two moments at which others may have their turn. */
const STRIDE = 64;

/** A part of a resource that says nothing of these says that by habit: nobody is disabled or enabled by it. */
const KEPT: ReadonlySet<string> = new Set(['active', 'password']);

const readOnly = (name: string): ScimError =>
  new ScimError('mutability', `${name} is read-only and cannot be changed`, { fault: 'attribute-read-only' });

function isReadOnly({ attribute, sub }: BoundPath): boolean {
  return attribute.mutability === 'readOnly' || attribute.name === 'meta' || sub?.mutability === 'readOnly';
}

/** Reads operations, one after the other, into those of the house. */
export class PatchReader {
  readonly operations: PatchOperation[] = [];
  readonly ignored: string[] = [];
  readonly #type: ResourceType;
  readonly #dialect: Dialect;
  readonly #mode: Mode;

  constructor(type: ResourceType, dialect: Dialect) {
    this.#type = type;
    this.#dialect = dialect;
    this.#mode = { ...readingOf(dialect), patching: false, ignore: (path) => this.#ignore(path) };
  }

  /** @throws invalidSyntax, invalidPath, invalidFilter, invalidValue, noTarget, mutability */
  *read(step: Step): Steps<void> {
    const aim = readAim(this.#type, step.path, step.value, this.#dialect);
    if (aim.to === 'attribute') this.#check(step, aim);
    if (aim.to === 'nothing') this.#ignore(withoutValues(String(step.path)));
    else if (step.op === 'remove') yield* this.#remove(step, aim);
    else yield* this.#assign({ ...step, op: step.op }, aim);
  }

  #ignore(name: string): void {
    if (this.ignored.length < MAX_IGNORED) this.ignored.push(name.slice(0, 80));
  }

  #check({ op }: Step, { at, where }: At): void {
    const { attribute, sub } = at;
    if (isReadOnly(at)) throw readOnly(sub ? `${attribute.name}.${sub.name}` : attribute.name);
    const isMember = attribute.name === 'members' && at.extension === undefined;
    if (isMember && sub && op !== 'remove')
      throw new ScimError('mutability', 'a member cannot be changed; remove it and add another', {
        fault: 'attribute-read-only',
      });
    if (this.#dialect === 'profile' && where && !sub && !(isMember && op === 'remove'))
      throw new ScimError(
        'invalidPath',
        'path: behind a filter there must be a part, such as emails[type eq "work"].value',
        {
          fault: 'patch-path-invalid',
        },
      );
  }

  *#remove({ value, label }: Step, aim: Exclude<Aim, { readonly to: 'nothing' }>): Steps<void> {
    if (aim.to === 'resource')
      throw new ScimError('noTarget', `${label}: remove needs a path`, { fault: 'patch-invalid' });
    if (aim.to === 'extension') {
      this.operations.push({ op: 'remove', at: { attribute: undeclared(aim.key) } });
      return;
    }
    const { at, where } = aim;
    // What else is said of a chosen part changes nothing: it is to be gone.
    const isOfSome =
      at.attribute.multiValued && !where && !at.sub && value !== undefined && value !== null && value !== '';
    const some = isOfSome ? { values: yield* this.#values(at, Array.isArray(value) ? value : [value]) } : {};
    this.operations.push({ op: 'remove', at, ...(where ? { where } : {}), ...some });
  }

  *#values({ attribute }: BoundPath, items: readonly unknown[]): Steps<readonly (Scalar | Complex)[]> {
    const values: (Scalar | Complex)[] = [];
    for (const [index, item] of items.entries()) {
      if (index % STRIDE === STRIDE - 1) yield;
      if (isEmpty(item)) continue;
      if (attribute.type !== 'complex') values.push(decodeScalar(attribute, item, attribute.name, this.#mode.coerce));
      else
        values.push(
          decodeComplex(attribute, isComplex(item) ? item : { value: item }, attribute.name, this.#partial()),
        );
    }
    return values;
  }

  #partial(): Mode {
    return { ...this.#mode, patching: true };
  }

  *#assign(step: Step & { readonly op: Verb }, aim: Exclude<Aim, { readonly to: 'nothing' }>): Steps<void> {
    const { op, label } = step;
    const value = this.#valueOf(step, aim);
    if (aim.to === 'resource') {
      const body = Array.isArray(value) && value.length === 1 ? (value[0] as unknown) : value;
      if (this.#dialect === 'profile')
        throw new ScimError('invalidSyntax', `${label}: path must be there by the profile`, { fault: 'patch-invalid' });
      if (!isComplex(body)) throw invalid(`${label}: without a path, value must be an object of attributes`);
      yield* this.#body(op, body);
    } else if (aim.to === 'extension') {
      if (isComplex(value)) yield* this.#decoded(op, { [aim.urn]: value });
      else if (!isEmpty(value)) throw invalid(`${shown(aim.urn)} must be an object`);
      else if (op === 'replace') this.operations.push({ op: 'remove', at: { attribute: undeclared(aim.key) } });
    } else yield* this.#at(op, aim, value);
  }

  /** RFC 7644 §3.5.2.1: `value` is required; who adds nothing to a list is understood. */
  #valueOf({ op, value, label }: Step & { readonly op: Verb }, aim: Aim): unknown {
    if (value !== undefined) return value;
    const isOfList = aim.to === 'attribute' && aim.at.attribute.multiValued && !aim.at.sub;
    if (op === 'add' && isOfList && this.#dialect === 'compatible') return null;
    throw invalid(`${label}: value is required for ${op}`);
  }

  *#at(op: Verb, { at, where }: At, value: unknown): Steps<void> {
    const { attribute, extension, sub } = at;
    const chosen = where ? { where } : {};
    if (!sub && !where) {
      const one = this.#dialect === 'strict' ? value : simpleAsMeant(at, value);
      yield* this.#decoded(
        op,
        extension === undefined ? { [attribute.name]: one } : { [extension]: { [attribute.name]: one } },
        false,
      );
    } else if (isEmpty(value) && (op === 'replace' || sub)) {
      if (op === 'replace') this.operations.push({ op: 'remove', at, ...chosen });
    } else {
      const assigned = sub ? this.#part(at, value) : this.#element(at, value);
      if (assigned !== undefined) this.operations.push({ op, at, ...chosen, value: assigned });
    }
  }

  /** The value of a part, in the form in which it is kept. */
  #part({ attribute, sub }: BoundPath, value: unknown): Scalar | undefined {
    const name = sub?.name ?? '';
    if (attribute.open) return decodeScalar(undeclared(name), value, `${attribute.name}.${name}`);
    return decodeComplex(attribute, { [name]: value }, attribute.name, this.#partial())[name] as Scalar | undefined;
  }

  /** What is laid over the elements that a filter chooses. */
  #element({ attribute }: BoundPath, value: unknown): Value {
    const one = Array.isArray(value) && value.length <= 1 ? ((value[0] ?? {}) as unknown) : (value ?? {});
    const isShort =
      !isComplex(one) && !Array.isArray(one) && findAttribute(attribute.subAttributes, 'value') !== undefined;
    return decodeComplex(attribute, isShort ? { value: one } : one, attribute.name, this.#partial());
  }

  /** A part of a resource: names, and paths where names should be, as Entra sends them. */
  *#body(op: Verb, body: object): Steps<void> {
    for (const [key, value] of entriesOf(body, '')) {
      yield;
      const isName = findAttribute(this.#type.attributes, key) !== undefined;
      if (isName || (extensionAt(NAMES, this.#type, key) && isComplex(value)))
        yield* this.#decoded(op, { [key]: value });
      else if (key.toLowerCase() !== 'schemas') yield* this.#keyed(op, key, value);
    }
  }

  *#keyed(op: Verb, key: string, value: unknown): Steps<void> {
    const path = /[.:]/.test(key) ? parsePath(key) : undefined;
    const isPath = this.#dialect === 'compatible' && (key.includes('[') || (path !== undefined && isNamed(path)));
    const aim: Aim = isPath ? readAim(this.#type, key, value, this.#dialect) : { to: 'nothing' };
    if (aim.to === 'attribute' && !isReadOnly(aim.at)) yield* this.#at(op, aim, value);
    else if (this.#dialect === 'compatible') this.#ignore(withoutValues(key));
    else throw unknownPath(this.#type, key, 'invalidPath');
  }

  /** One attribute, or the block of an extension, read as the body of a PUT is. */
  *#decoded(op: Verb, body: object, isPartOfMore = true): Steps<void> {
    const meant = asMeant(this.#type, body, this.#dialect);
    const { attributes, cleared, ignored } = yield* decodeBody(NAMES, this.#type, meant, this.#mode);
    for (const name of ignored) this.#ignore(name);
    for (const [name, value] of Object.entries(attributes)) {
      if (!isUrn(name)) this.#push(op, undefined, name, value as Value);
      else for (const [part, of] of Object.entries(value as Attributes)) this.#push(op, name, part, of as Value);
    }
    if (op === 'add') return;
    for (const { extension, attribute, sub } of cleared) {
      if (isPartOfMore && extension === undefined && KEPT.has(attribute)) continue;
      const at = this.#bound(extension, attribute, sub);
      this.operations.push({ op: 'remove', at });
    }
  }

  #push(op: Verb, extension: string | undefined, name: string, value: Value): void {
    this.operations.push({ op, at: this.#bound(extension, name), value });
  }

  #bound(extension: string | undefined, name: string, sub?: string): BoundPath {
    const urn = extension === undefined ? {} : { urn: extension };
    const at = bindPath(this.#type, { ...urn, name, ...(sub === undefined ? {} : { sub }) });
    if (!at) throw invalid(`${this.#type.name} has no attribute ${shown(name)}`);
    return at;
  }
}

/** A single value in a list of one, or as an object with a `value`, as Entra wrote it once. */
function simpleAsMeant({ attribute }: BoundPath, value: unknown): unknown {
  if (attribute.type === 'complex' || attribute.multiValued || attribute.open) return value;
  const one = Array.isArray(value) && value.length === 1 ? (value[0] as unknown) : value;
  return isComplex(one) ? (pick(one, 'value') ?? one) : one;
}
