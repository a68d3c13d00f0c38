import type { FaultCode } from './fault-code.ts';

/** Why a request failed: RFC 7644's `scimType` words where it has one, plus what they lack. */
export type Reason =
  | 'invalidSyntax'
  | 'invalidFilter'
  | 'invalidPaging'
  | 'invalidPath'
  | 'noTarget'
  | 'invalidCursor'
  | 'expiredCursor'
  | 'invalidCount'
  | 'invalidValue'
  | 'mutability'
  | 'tooMany'
  | 'unauthorized'
  | 'forbidden'
  | 'notFound'
  | 'methodNotAllowed'
  | 'notAcceptable'
  | 'uniqueness'
  | 'conflict'
  | 'versionMismatch'
  | 'tooLarge'
  | 'unsupportedMediaType'
  | 'throttled'
  | 'notImplemented'
  | 'unavailable';

export interface ScimErrorOptions extends ErrorOptions {
  /** What it is in the catalogue of faults: told at length by `explain`. */
  readonly fault?: FaultCode | undefined;
  /** Seconds after which trying again makes sense. Sent as an integer `Retry-After`. */
  readonly retryAfter?: number;
  /** Of a `versionMismatch`: the version that is there now, so that the client can see it without reading again. */
  readonly version?: string;
}

/**
 * A failure the caller may be told about. `message` goes on the wire verbatim and is pasted into Okta's Tasks page,
 * so it names the field and the fix and never holds a secret, a query or a native error text: those belong in
 * `cause`, which is logged and never sent. Anything that is not a ScimError is a bug and becomes a bare 500.
 */
export class ScimError extends Error {
  override readonly name = 'ScimError';
  readonly reason: Reason;
  readonly fault?: FaultCode;
  readonly retryAfter?: number;
  readonly version?: string;

  constructor(reason: Reason, message: string, options?: ScimErrorOptions) {
    super(message, options);
    this.reason = reason;
    if (options?.fault !== undefined) this.fault = options.fault;
    if (options?.retryAfter !== undefined) this.retryAfter = options.retryAfter;
    if (options?.version !== undefined) this.version = options.version;
  }
}

export const notFound = (type: string, id: string): ScimError =>
  new ScimError('notFound', `${type} ${shown(id)} not found`, { fault: 'id-unknown' });

/** A person, or a group, of that name. */
const NATURAL_NAMES: ReadonlySet<string> = new Set(['userName', 'displayName']);

export const notUnique = (attribute: string, value: string): ScimError =>
  new ScimError('uniqueness', `${attribute} ${shown(value)} is already in use by another resource`, {
    fault: NATURAL_NAMES.has(attribute) ? 'user-name-taken' : 'value-taken',
  });

/** References that lead nowhere. All of them, so that whoever can do without them need not ask again. */
export class UnknownReferences extends ScimError {
  readonly attribute: 'members' | 'manager';
  readonly ids: readonly string[];

  constructor(attribute: UnknownReferences['attribute'], ids: readonly string[], message: string) {
    super('invalidValue', message, { fault: attribute === 'members' ? 'member-unknown' : 'manager-unknown' });
    this.attribute = attribute;
    this.ids = ids;
  }
}

/** Ids that are quoted in one text at most. */
const MOST_SHOWN = 5;

/** @param ids  members of a group that do not exist, at least one */
export function noSuchMembers(ids: readonly string[]): ScimError {
  const some = ids.slice(0, MOST_SHOWN).map(shown).join(', ');
  const more = ids.length > MOST_SHOWN ? ` and ${ids.length - MOST_SHOWN} others` : '';
  const text = `members: no User or Group has the id${ids.length > 1 ? 's' : ''} ${some}${more}`;
  return new UnknownReferences('members', ids, text);
}

/** @param path  of the attribute that refers to a user */
export const noSuchUser = (path: string, id: string): ScimError =>
  new UnknownReferences('manager', [id], `${path}: no User has the id ${shown(id)}; create that user first`);

/** @param key  what stands in `managerId` instead of an id */
export const noSuchManager = (key: string, value: string, several: boolean): ScimError =>
  new UnknownReferences(
    'manager',
    [value],
    several
      ? `manager.managerId: more than one User has the ${key} ${shown(value)}`
      : `manager.managerId: no User has the ${key} ${shown(value)}; create that user first`,
  );

/** What a store finds where `Cursor.after` should be a place of its own. */
export const noSuchPlace = (): ScimError =>
  new ScimError('invalidCursor', 'cursor: this list has no such place; begin again with an empty cursor', {
    fault: 'cursor-invalid',
  });

export const versionMismatch = (type: string, id: string, current?: string): ScimError =>
  new ScimError('versionMismatch', `${type} ${shown(id)} has changed since it was last retrieved`, {
    fault: 'changed-meanwhile',
    ...(current === undefined ? {} : { version: current }),
  });

/**
 * Client text quoted for an error message: short, one line, printable. Quotes within become single ones, so that the
 * log can blot out everything between two double quotes and be sure that no value is left.
 */
export function shown(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '?').replaceAll('"', "'");
  return `"${line.length > 80 ? `${line.slice(0, 77)}...` : line}"`;
}
