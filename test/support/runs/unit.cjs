/** Every test that needs no directory server. */
const { globSync } = require('node:fs');
const { inParallel, ofDirectories } = require('./parallel.cjs');

module.exports = inParallel(globSync('test/**/*.test.ts').filter((file) => !ofDirectories(file)));
