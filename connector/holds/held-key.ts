import type { HeldRequest } from './share.ts';

/** Requests that one hold keeps. Of more it is only known that there were some. */
export const MOST_HELD = 10_000;

/** Okta repeats a request in the same words: it is one. */
export function heldKey({ operation, type, id, name, shares }: HeldRequest): string {
  const what = id ?? name;
  const counts = shares.map(({ kind, scope, key }) => [kind, scope, key]);
  return JSON.stringify([operation, type, what, ...counts]);
}
