/** npm run trials -- NAME… [--seed N] [--count N] [--version V] [--json]: what the product promises, tried. Exit code 1 when it fails. */
import { parseArgs } from 'node:util';
import { trials } from './registry.ts';
import { runTrial } from './run-trial.ts';
import { asTable, repeatLines } from './table.ts';
import { type Outcome, VERSIONS } from './trial.ts';

const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

function usage(problem: string): never {
  const names = Object.entries(trials).map(([name, { promise, count, counts }]) => {
    return `  ${name.padEnd(10)} ${promise} (${count} ${counts})`;
  });
  process.stderr.write(
    `${problem}; npm run trials -- NAME… [--seed N] [--count N] [--version ${VERSIONS.join('|')}] [--json]\n${names.join('\n')}\n`,
  );
  process.exit(2);
}

const natural = (flag: string, text: string | undefined): number | undefined => {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,8}$/.test(text)) usage(`--${flag} takes a whole number from 1 on`);
  return Number(text);
};

function words() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        seed: { type: 'string' },
        count: { type: 'string' },
        version: { type: 'string', default: '1.1' },
        json: { type: 'boolean' },
      },
    });
  } catch (error) {
    return usage(error instanceof Error ? error.message : String(error));
  }
}

const { values, positionals } = words();
const unknown = positionals.find((name) => !Object.hasOwn(trials, name));
if (unknown !== undefined) usage(`there is no trial "${unknown}"`);
if (positionals.length === 0) usage('name a trial');
const seed = natural('seed', values.seed) ?? 1 + Math.floor(Math.random() * 1e6);
const count = natural('count', values.count);
const version = VERSIONS.find((one) => one === values.version);
if (!version) usage(`--version takes ${VERSIONS.join(', ')}`);
const silent = positionals.find((name) => !(trials[name]?.versions ?? ['1.1']).includes(version));
if (silent !== undefined) usage(`the trial ${silent} speaks SCIM 1.1 alone; leave out --version`);
const outcomes: Outcome[] = [];
for (const name of positionals) {
  const trial = trials[name];
  if (!trial) continue;
  if (!values.json) print(`${name}: ${trial.promise}`);
  outcomes.push(await runTrial(name, trial, { seed, version, ...(count === undefined ? {} : { count }) }));
}
print(values.json ? JSON.stringify(outcomes, undefined, 2) : asTable(outcomes));
for (const line of repeatLines(outcomes)) process.stderr.write(`${line}\n`);
process.exitCode = outcomes.every(({ failures }) => failures.length === 0) ? 0 : 1;
