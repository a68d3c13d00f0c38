/**
 * A part of them for a foreign processor, where everything takes twenty times as long: HTTP and SQLite, without random
 * input, thousands of users or operations, directories and the many starts of the command line.
 */
const all = require('./mocha.cjs');

const LONG = /\/(agent|bulk-chain|directory|hostile|password)[^/]*$/;

module.exports = {
  ...all,
  spec: all.spec.filter(
    (file) => file === 'test/binary/binary.test.ts' || (!LONG.test(file) && !/^test\/(bin|binary)\//.test(file)),
  ),
  timeout: 300_000,
};
