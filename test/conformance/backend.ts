import type { Backend } from '../../connector/backend/backend.ts';
import { describeFilters } from './filters.ts';
import { describeLifecycle } from './lifecycle.ts';
import { describeMembership } from './membership.ts';
import { describePaging } from './paging.ts';
import { describeRaces } from './races.ts';

/** Makes an empty backend, opened. The suite closes it. */
export type MakeBackend = () => Promise<Backend>;

/** The contract of `connector/backend/backend.ts` as tests. Every backend runs all of it. */
export function describeBackend(name: string, make: MakeBackend): void {
  describe(`backend ${name}`, () => {
    describeLifecycle(make);
    describeMembership(make);
    describeRaces(make);
    describePaging(make);
    describeFilters(make);
  });
}
