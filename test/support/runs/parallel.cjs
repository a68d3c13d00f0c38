/** Test files in processes of their own, several at a time: they share nothing but the machine. */
const { readFileSync } = require('node:fs');
const { availableParallelism } = require('node:os');
const { resolve } = require('node:path');

/** Tests wait as much as they work. */
const JOBS = availableParallelism() + 2;

// Each gets its part of a core: deadlines grow by as much.
const { pace } = require('../pace.ts');
process.env.TEST_PACE = String((pace * JOBS) / availableParallelism());

// What is compiled once, types taken off or a bundle read, need not be again in each of hundreds of processes.
process.env.NODE_COMPILE_CACHE ??= resolve('build/compile-cache');

const asksFor = (pattern) => (file) => pattern.test(readFileSync(file, 'utf8'));
const ofDirectories = asksFor(/from '[./]+\/support\/directories\/directory-lab\.ts'/);
const ofProcesses = asksFor(/from '[./]+\/support\/cli\.ts'/);
const rank = (file) => [ofDirectories, ofProcesses].findIndex((is) => is(file)) >>> 0;

module.exports = {
  ofDirectories,
  /** The options of mocha that run `files`. What takes longest begins first, so that nothing is left alone at the end. */
  inParallel: (files) => ({
    spec: [...files].sort((a, b) => rank(a) - rank(b) || a.localeCompare(b)),
    parallel: true,
    jobs: JOBS,
    reporter: 'test/support/runs/file-reporter.ts',
    timeout: Math.ceil(60_000 * process.env.TEST_PACE),
    exit: true,
  }),
};
