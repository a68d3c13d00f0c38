import type { Backend } from '../../connector/backend/backend.ts';
import { describeFilters } from './filters.ts';
import { describeLifecycle } from './lifecycle.ts';
import { describeMembership } from './membership.ts';
import { describePaging } from './paging.ts';
import { describeRaces } from './races.ts';

/** Makes an empty backend, opened. The suite closes it. */
export type MakeBackend = () => Promise<Backend>;

/** A test that a kind of store cannot pass, and why. Reported as pending with the reason, never left out. */
export interface Exception {
  readonly title: string | RegExp;
  readonly reason: string;
}

/** The contract of `connector/backend/backend.ts` as tests. Every backend runs all of it but its `exceptions`. */
export function describeBackend(name: string, make: MakeBackend, exceptions: readonly Exception[] = []): void {
  describe(`backend ${name}`, () => {
    // A hook of the suite's own comes before those of the parts: nothing is prepared for what is not run.
    beforeEach(function excuse() {
      const { currentTest } = this;
      const exception = exceptions.find(({ title }) =>
        typeof title === 'string' ? currentTest?.title === title : title.test(currentTest?.title ?? ''),
      );
      if (!exception || !currentTest) return;
      currentTest.title += ` (exception: ${exception.reason})`;
      this.skip();
    });
    describeLifecycle(make);
    describeMembership(make);
    describeRaces(make);
    describePaging(make);
    describeFilters(make);
  });
}
