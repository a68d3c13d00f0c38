import type { Loaded } from '../../config/load/load.ts';
import type { Scrubber } from '../../redaction/scrubber.ts';
import { type Check, runChecks } from '../check/check.ts';
import { refusedConfiguration } from '../check/refused-configuration.ts';
import type { Part } from './part.ts';

const shown = (scrubber: Scrubber, { status, check, app, text }: Check) => ({
  status,
  check,
  ...(app === undefined ? {} : { app: app === 'default' ? app : scrubber.value('app', app) }),
  text: scrubber.text(text),
});

/** @param loaded  or why it was refused */
export async function checkPart(scrubber: Scrubber, loaded: Loaded | Error): Promise<Part> {
  const checks = loaded instanceof Error ? refusedConfiguration(loaded) : await runChecks(loaded);
  return {
    name: 'check.json',
    about: 'what `check` finds',
    text: `${JSON.stringify(
      checks.map((check) => shown(scrubber, check)),
      null,
      2,
    )}\n`,
  };
}
