import { ScimError, shown } from '../../scim/error.ts';
import { type Filter, mapPaths } from '../../scim/filter/ast.ts';
import { bindFilter } from '../../scim/filter/bind.ts';
import { parseValuePath } from '../../scim/filter/parse.ts';
import type { Dialect } from '../../scim/patch-operation.ts';
import type { Path } from '../../scim/path.ts';
import { isComplex } from '../../scim/resource.ts';
import type { Attribute } from '../../scim/schema/attribute.ts';
import { type BoundPath, bindPath, type ResourceType } from '../../scim/schema/resource-type.ts';

import { extensionAt, ourPath } from '../wire-paths.ts';
import { CORE_URNS, NAMES, urnOf } from './urns.ts';

/** What the path of an operation leads to (RFC 7644 §3.5.2). */
export type Aim =
  /** No path, or the URN of the core schema: the value is a part of the resource. */
  | { readonly to: 'resource' }
  | { readonly to: 'extension'; readonly urn: string; readonly key: string }
  | { readonly to: 'attribute'; readonly at: BoundPath; readonly where?: Filter<BoundPath> }
  | { readonly to: 'nothing' };

const invalidPath = (message: string): ScimError =>
  new ScimError('invalidPath', `path: ${message}`, { fault: 'patch-path-invalid' });

/** A path without what it looks for: a client may look for a password, and people have names. */
export const withoutValues = (path: string): string => path.replace(/"(?:[^"\\]|\\.)*(?:"|$)/g, '"…"');

export const unknownPath = (type: ResourceType, text: string, reason: 'invalidPath' | 'invalidSyntax'): ScimError =>
  new ScimError(reason, `path: ${shown(withoutValues(text))} leads to no attribute of a ${type.name}`, {
    fault: 'patch-path-invalid',
  });

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** `urn:…:2.0:User.employeeNumber`, as Entra wrote it once, with a colon for the dot behind the URN. */
function withColon(type: ResourceType, text: string): string {
  const urns = [CORE_URNS[type.name], ...type.extensions.map(urnOf)];
  const urn = urns.find((one) => same(text.slice(0, one.length + 1), `${one}.`));
  return urn === undefined ? text : `${text.slice(0, urn.length)}:${text.slice(urn.length + 1)}`;
}

/**
 * The extension that a path names as a whole. `urn:okta:app:1.0:user:shoe` may be one, and may be `shoe` of the one before:
 * it is one where an object is to be laid over it.
 */
function extensionNamed(type: ResourceType, text: string, value: unknown): Aim | undefined {
  const found = text.includes('[') ? undefined : extensionAt(NAMES, type, text);
  if (!found || (found.extension.open && !same(found.key, found.extension.urn) && !isComplex(value))) return undefined;
  return { to: 'extension', urn: text, key: found.key };
}

/** Not even where anything is kept: as in a body. */
const NEVER_KEPT: ReadonlySet<string> = new Set(['password', '__proto__']);

function bound(type: ResourceType, path: Path): BoundPath | undefined {
  const at = bindPath(type, ourPath(NAMES, path));
  const isKept = ({ open, name }: Attribute): boolean => !open || !NEVER_KEPT.has(name.toLowerCase());
  return at && isKept(at.attribute) && (!at.sub || isKept(at.sub)) ? at : undefined;
}

/** RFC 7643 §2.1, with the `$` of `$ref`. */
const NAME = /^[a-z$][\w$-]*$/i;

export const isNamed = ({ name, sub = name }: Path): boolean => NAME.test(name) && NAME.test(sub);

/**
 * What nobody knows is overlooked as in a body, what could be the name of nothing is not: `/title` is JSON Patch.
 * @throws invalidPath, invalidSyntax
 */
function unknown(type: ResourceType, text: string, path: Path, dialect: Dialect): Aim {
  if (!isNamed(path))
    throw invalidPath(
      `${shown(withoutValues(text))} is no path; write it as name.givenName or emails[type eq "work"].value`,
    );
  // Which schemas a resource has follows from its data.
  if (dialect === 'compatible' || same(text, 'schemas')) return { to: 'nothing' };
  throw unknownPath(type, text, dialect === 'strict' ? 'invalidPath' : 'invalidSyntax');
}

function chosen(type: ResourceType, at: BoundPath, filter: Filter<Path>, text: string): Filter<BoundPath> {
  const { attribute } = at;
  if (!attribute.multiValued || attribute.type !== 'complex')
    throw invalidPath(`${shown(withoutValues(text))} chooses by a filter, and ${attribute.name} is no list of objects`);
  return bindFilter(
    type,
    mapPaths(filter, (path) => ourPath(NAMES, path)),
    '',
  );
}

/**
 * @param path  as it came
 * @param value  of the operation
 * @throws invalidPath, invalidFilter naming the place; invalidSyntax in the profile, where all paths must be known
 */
export function readAim(type: ResourceType, path: unknown, value: unknown, dialect: Dialect): Aim {
  if (path === undefined || path === null) return { to: 'resource' };
  if (typeof path !== 'string') throw invalidPath('must be text, such as name.givenName');
  const trimmed = path.trim();
  if (trimmed === '' || same(trimmed, CORE_URNS[type.name])) return { to: 'resource' };
  const text = dialect === 'strict' ? trimmed : withColon(type, trimmed);
  const extension = extensionNamed(type, text, value);
  if (extension) return extension;
  const { path: parsed, filter, sub } = parseValuePath(text);
  const whole = bound(type, parsed);
  if (!whole) return unknown(type, text, parsed, dialect);
  const where = filter && chosen(type, whole, filter, text);
  const at = sub === undefined ? whole : bound(type, { ...parsed, sub });
  if (!at) return unknown(type, text, { ...parsed, sub: sub ?? '' }, dialect);
  return { to: 'attribute', at, ...(where ? { where } : {}) };
}
