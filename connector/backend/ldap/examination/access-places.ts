import { branchesOf, type Tree } from '../layout/tree.ts';

/** Where the service account works, and what is kept there. */
export interface Place {
  readonly base: string;
  readonly holds: 'user' | 'group';
}

export function placesOf(tree: Tree): readonly Place[] {
  const places = branchesOf(tree).flatMap(({ bases, type }) =>
    bases.map((base): Place => ({ base, holds: type.isAccount ? 'user' : 'group' })),
  );
  const { activation } = tree;
  return activation.kind === 'group' ? [...places, { base: activation.group, holds: 'group' }] : places;
}

/** Each place once, whatever is kept there. */
export const bases = (places: readonly Place[]): readonly string[] => [...new Set(places.map(({ base }) => base))];
