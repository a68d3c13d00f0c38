/** Every test. */
const { globSync } = require('node:fs');
const { inParallel } = require('./parallel.cjs');

module.exports = inParallel(globSync('test/**/*.test.ts'));
