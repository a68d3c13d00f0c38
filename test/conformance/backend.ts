import { expect } from 'chai';
import type { Backend } from '../../connector/backend/backend.ts';
import { type Lacks, Needs } from './abilities.ts';
import { describeFilters } from './filters.ts';
import { describeLifecycle } from './lifecycle.ts';
import { describeMemberChanges } from './member-changes.ts';
import { describeMembership } from './membership.ts';
import { describePaging } from './paging.ts';
import { describeRaces } from './races.ts';
import { describeScim20Filters } from './scim20-filters.ts';
import { describeWalking } from './walking.ts';

/** Makes an empty backend, opened. The suite closes it. */
export type MakeBackend = () => Promise<Backend>;

/**
 * The contract of `connector/backend/backend.ts` as tests. `memory/` is its executable definition; every backend runs
 * all of it, but for the tests that need an ability it lacks.
 */
export function describeBackend(name: string, make: MakeBackend, lacks: Lacks = {}): void {
  describe(`backend ${name}`, () => {
    const needs = new Needs(lacks);
    describeLifecycle(make, needs);
    describeMembership(make, needs);
    describeMemberChanges(make);
    describeRaces(make);
    describePaging(make, needs);
    describeWalking(make, needs);
    describeFilters(make, needs);
    describeScim20Filters(make, needs);
    it('lacks nothing that no test needs', () => {
      expect(needs.idle()).to.deep.equal([]);
    });
  });
}
