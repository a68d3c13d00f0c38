/** Files by plain mocha, one after the other. `npm test` and `npm run unit` have theirs in test/support/runs/. */
const { scaled } = require('./test/support/pace.ts');

module.exports = { timeout: scaled(60_000), exit: true };
