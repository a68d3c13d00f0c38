/** The tests that CONNECTOR_BIN makes a difference to: those that talk to a server or to the command line. */
const { globSync, readFileSync } = require('node:fs');
const { inParallel } = require('../support/runs/parallel.cjs');

const TALKING = /from '[./]+\/support\/(cli|start-server|for-each-backend|directories\/served)\.ts'/;

module.exports = inParallel(
  globSync('test/**/*.test.ts').filter((file) => TALKING.test(readFileSync(file, 'utf8'))),
);
