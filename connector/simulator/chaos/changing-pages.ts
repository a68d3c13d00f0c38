import type { Random } from '../random.ts';

/** `maxItemsPerPage` of an agent is changed, and the next import asks for other pages (docs/okta-agent.md, Paging). */
export const changingPages = {
  name: 'changing page sizes',
  chance: 0.5,
  sizes: [7, 50, 100, 200, 500],
  usual: 200,
} as const;

export const pageSize = (random: Random): number =>
  random.happens(changingPages.chance) ? random.pick(changingPages.sizes) : changingPages.usual;
