import { allOf, anyOf, type Test } from '../directory/filter.ts';

/**
 * What to search for: at least everything that a SCIM filter accepts. The rest is decided by `matches`, the
 * definition, on what was found, because directories compare by rules of their own (RFC 4518 preparation, no `>` on
 * text).
 */
export interface Superset {
  readonly test: Test;
  /** Finds few entries, so that they are worth reading whole at once. */
  readonly selective: boolean;
  /** Finds nobody else: what was found need not be judged. */
  readonly exact?: true;
}

export const everything: Superset = { test: true, selective: false };
export const nothing: Superset = { test: false, selective: true };

/** Finds too many to read them whole, unless it finds nobody. */
export const many = (test: Test): Superset => ({ test, selective: test === false });

/** What all of `parts` find. */
export const all = (parts: readonly Superset[]): Superset => ({
  test: allOf(parts.map(({ test }) => test)),
  selective: parts.some(({ selective }) => selective),
});

/** What any of `parts` finds. */
export const any = (parts: readonly Superset[]): Superset => ({
  test: anyOf(parts.map(({ test }) => test)),
  selective: parts.every(({ selective }) => selective),
});
