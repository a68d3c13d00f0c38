import type { Entry } from '../directory/session.ts';
import type { Tree } from '../layout/tree.ts';
import { digestOf, type Sameness } from './digest.ts';
import type { Expectation } from './expectation.ts';
import type { Expected } from './proof.ts';

/** Values of one attribute that stand for all of them. */
const MOST = 20;

/** @param salt  of this write alone */
function hashed(tree: Tree, salt: string, { kind, key, values }: Expectation, sameness: Sameness): Expected {
  return {
    kind,
    key,
    sameness,
    ...(values.some((value) => typeof value !== 'string') ? { binary: true } : {}),
    digests: values.slice(0, MOST).map((value) => digestOf(tree, salt, key, value, sameness)),
    count: values.length,
  };
}

/** Whether an entry is as expected of one attribute. */
export function holds(
  tree: Tree,
  salt: string,
  { attributes }: Pick<Entry, 'attributes'>,
  expected: Expected,
): boolean {
  const { kind, key, sameness, digests, count } = expected;
  const values = attributes.get(key) ?? [];
  const there = new Set(values.map((value) => digestOf(tree, salt, key, value, sameness)));
  if (kind === 'lacks') return digests.every((digest) => !there.has(digest));
  return (kind === 'has' || values.length === count) && digests.every((digest) => there.has(digest));
}

/** Values that go and that come, and are one to the server: only their spelling changes. */
function respelled(tree: Tree, all: readonly Expectation[], one: Expectation): boolean {
  if (one.kind === 'exactly') return false;
  const other = all.find(({ key, kind }) => key === one.key && kind !== one.kind);
  const theirs = new Set(other?.values.map((value) => digestOf(tree, '', one.key, value, 'folded')));
  return one.values.some((value) => theirs.has(digestOf(tree, '', one.key, value, 'folded')));
}

/** An entry as it was read before the write. */
export interface Before extends Pick<Entry, 'attributes'> {
  /** Lower-case names of the attributes that were asked for. */
  readonly read: ReadonlySet<string>;
}

/**
 * Expectations as a proof keeps them. What held before the write proves nothing, unless there is nothing else; what did
 * so by the server's rule alone is looked at byte by byte.
 */
export function expectedOf(
  tree: Tree,
  salt: string,
  expectations: readonly Expectation[],
  before?: Before,
): readonly Expected[] {
  const known = (key: string): boolean => before?.read.has(key) === true;
  const all = expectations.map((one) => {
    const sameness = respelled(tree, expectations, one) ? 'exact' : 'folded';
    const loose = hashed(tree, salt, one, sameness);
    if (!before || !known(one.key) || !holds(tree, salt, before, loose)) return { expected: loose, held: false };
    const strict = hashed(tree, salt, one, 'exact');
    return { expected: strict, held: holds(tree, salt, before, strict) };
  });
  const telling = all.filter(({ held }) => !held);
  return (telling.length > 0 ? telling : all).map(({ expected }) => expected);
}
