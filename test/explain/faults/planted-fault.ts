import { expect } from 'chai';
import { readPasted } from '../../../connector/explain/pasted-text.ts';
import { recognise } from '../../../connector/explain/recognise.ts';
import type { FaultCode } from '../../../connector/scim/fault-code.ts';
import { Stage } from './stage.ts';

/** A fault, planted on the real thing, and what a person must be told of it. */
export interface PlantedFault<S extends Stage = Stage> {
  readonly name: string;
  readonly code: FaultCode;
  /** Where a person reads of it first. */
  readonly shown: 'in Okta' | 'in the log' | 'on the terminal';
  /** What is read there. */
  readonly text: RegExp;
  /** Which light of `status` has the same text. */
  readonly light?: 'agent' | 'backend';
  /** Words of the fix that the person needs. */
  readonly fix: RegExp;
  /** Plants it. @returns the text that shows */
  readonly plant: (stage: S) => Promise<string>;
  /** False where this machine or account cannot have it. */
  readonly possible?: boolean;
}

const LONGEST = 200;

/** A reference is of a record; without it the text must be known all the same. */
const withoutReference = (text: string): string => text.replace(/ ?\(ref [\w-]+\)/, '');

async function judge<S extends Stage>(
  { code, shown, text, light, fix, plant }: PlantedFault<S>,
  stage: S,
): Promise<void> {
  const said = await plant(stage);
  expect(text.test(said), said).to.equal(true);
  expect(recognise(readPasted(Stage.task(withoutReference(said)))), said).to.equal(code);
  if (shown === 'in Okta') expect(said.length, said).to.be.at.most(LONGEST);
  const pasted = shown === 'in Okta' ? Stage.task(said) : said;
  const explained = await stage.explain(pasted);
  expect(explained).to.deep.include({ found: true });
  expect(explained.fault?.code).to.equal(code);
  expect(JSON.stringify(explained.fault?.fix)).to.match(fix);
  if (light !== undefined) {
    const { lights } = await stage.status();
    const shining = lights.find((one) => one.light === light && one.status !== 'ok');
    expect(text.test(shining?.text ?? ''), JSON.stringify(lights)).to.equal(true);
  }
  if (shown !== 'in Okta') return;
  expect(explained.missing, 'its record is in the journal').to.equal(undefined);
  expect(explained.records[0]).to.include({ fault: code });
  const { errors } = await stage.status();
  expect(errors.map(({ ref }) => ref)).to.include(explained.reference);
}

/** Each fault on a stage of its own. */
export function plantAll<S extends Stage>(title: string, faults: readonly PlantedFault<S>[], newStage: () => S): void {
  describe(title, () => {
    for (const fault of faults)
      it(`${fault.name}: what shows, what explain tells`, async function () {
        if (fault.possible === false) this.skip();
        const stage = newStage();
        try {
          await judge(fault, stage);
        } finally {
          await stage.close();
        }
      });
  });
}
