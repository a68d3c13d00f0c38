/**
 * Builds a release and proves it: `npm run release:verify [-- debian rpm …]`. Needs root and the Debian packages that
 * `npm run -s release:verify -- --packages` lists; without them nothing is run, so that nothing is taken for proven.
 * With `--seconds=N` no proof is begun later than that, and those left out are named.
 */
import { parseArgs } from 'node:util';
import { type Proof, proofs } from './proofs.ts';
import { debianPackages, requireTools } from './tools.ts';

interface Outcome {
  readonly name: string;
  readonly verdict: 'passed' | 'passed at the second try' | 'FAILED';
  /** Of the last try. */
  readonly failure?: string;
  readonly seconds: number;
}

/** Undefined when it passed. */
function failureOf(proof: Proof): string | undefined {
  try {
    proof.run();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Servers under Wine and qemu miss deadlines on a busy machine: a second try tells that from a fault, and is told. */
function prove(name: string, proof: Proof): Outcome {
  const start = performance.now();
  process.stdout.write(`\n== ${name}\n`);
  let failure = failureOf(proof);
  let verdict: Outcome['verdict'] = 'passed';
  if (failure !== undefined) {
    process.stdout.write(`\n== ${name}, once more: ${failure}\n`);
    failure = failureOf(proof);
    verdict = failure === undefined ? 'passed at the second try' : 'FAILED';
  }
  const seconds = Math.round((performance.now() - start) / 1000);
  return { name, verdict, seconds, ...(failure === undefined ? {} : { failure }) };
}

/**
 * A proof that fails does not keep the others from being told; without the files of `build` there is nothing to prove.
 * @param until ms of `performance.now()`
 */
function proveAll(chosen: readonly (readonly [name: string, proof: Proof])[], until: number): readonly Outcome[] {
  const outcomes: Outcome[] = [];
  for (const [name, proof] of chosen) {
    if (performance.now() > until) break;
    const outcome = prove(name, proof);
    outcomes.push(outcome);
    if (name === 'build' && outcome.failure !== undefined) break;
  }
  return outcomes;
}

function choose(names: readonly string[]): readonly (readonly [string, Proof])[] {
  if (names.length === 0) return Object.entries(proofs);
  return names.map((name) => {
    const proof = proofs[name];
    if (!proof) throw new Error(`there is no proof "${name}"; take ${Object.keys(proofs).join(', ')}`);
    return [name, proof] as const;
  });
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { packages: { type: 'boolean', default: false }, seconds: { type: 'string', default: 'Infinity' } },
});
const chosen = choose(positionals);
const tools = chosen.flatMap(([, proof]) => proof.tools);
if (values.packages) {
  process.stdout.write(`${debianPackages(tools).join(' ')}\n`);
} else {
  requireTools(tools);
  const outcomes = proveAll(chosen, Number(values.seconds) * 1000);
  process.stdout.write('\n');
  for (const { name, verdict, seconds, failure = '' } of outcomes)
    process.stdout.write(
      `${verdict}  ${name.padEnd(12)} ${String(seconds).padStart(5)} s  ${failure}`.trimEnd().concat('\n'),
    );
  const failed = outcomes.filter(({ verdict }) => verdict === 'FAILED').length;
  process.stdout.write(`${outcomes.length - failed} passed, ${failed} failed\n`);
  const left = chosen.slice(outcomes.length).map(([name]) => name);
  if (left.length > 0) process.stdout.write(`NOT RUN: ${left.join(', ')}\n`);
  process.exitCode = failed > 0 ? 1 : 0;
}
