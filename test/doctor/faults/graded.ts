import { expect } from 'chai';
import type { PlantedFault } from '../../explain/faults/planted-fault.ts';
import type { Stage } from '../../explain/faults/stage.ts';
import { EXPECTED } from './expected.ts';

interface ToldStep {
  readonly name: string;
  readonly status: 'ok' | 'warning' | 'failed' | 'skipped';
  readonly ms: number;
  readonly text: string;
  readonly cause?: string;
  readonly fix?: string;
  readonly command?: string;
  readonly okta?: string;
}

/** What the command says, with the flags that the connector was started with. */
async function doctored(stage: Stage): Promise<{ readonly code: number | null; readonly steps: readonly ToldStep[] }> {
  const { served } = stage;
  const words = served.includes('--db') || served.includes('--config') ? [] : stage.args;
  const port = served.includes('--port') ? [] : ['--port', '0'];
  const { code, stdout, stderr } = await stage.run(['doctor', ...words, ...served, ...port, '--json'], stage.options);
  if (stdout === '') throw new Error(stderr);
  return { code, ...JSON.parse(stdout) };
}

async function grade(name: string, stage: Stage): Promise<void> {
  const wanted = EXPECTED[name];
  if (wanted === undefined) throw new Error(`nothing is expected of ${name}`);
  const { code, steps } = await doctored(stage);
  const seen = JSON.stringify(steps);
  const told = steps.find((step) => step.name === wanted.step);
  expect(told?.status, seen).to.equal(wanted.status);
  expect(told?.text).to.match(wanted.text);
  if (wanted.cause) expect(told?.cause).to.match(wanted.cause);
  if (wanted.fix) expect(`${told?.fix} ${told?.command}`).to.match(wanted.fix);
  if (wanted.okta) expect(told?.okta).to.match(wanted.okta);
  // The root cause is the only thing that is red.
  const red = steps.filter(({ status }) => status === 'failed').map((step) => step.name);
  expect(red, seen).to.deep.equal(wanted.status === 'failed' ? [wanted.step] : []);
  expect(code).to.equal(red.length > 0 ? 1 : 0);
}

/** Each fault on a stage of its own: what doctor says beside it. */
export function gradeAll<S extends Stage>(title: string, faults: readonly PlantedFault<S>[], newStage: () => S): void {
  describe(title, () => {
    for (const fault of faults)
      it(`${fault.name}: its cause and its fix`, async function () {
        if (fault.possible === false) this.skip();
        const stage = newStage();
        try {
          await fault.plant(stage);
          await grade(fault.name, stage);
        } finally {
          await stage.close();
        }
      });
  });
}
