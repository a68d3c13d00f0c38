import type { Config } from '../../config/config.ts';
import { redactJson } from '../../redaction/redact-json.ts';
import type { Scrubber } from '../../redaction/scrubber.ts';
import { statusOf } from '../status/status.ts';
import type { Part } from './part.ts';

/** What the running service says of itself, or what can be told without it. */
export async function statusPart(scrubber: Scrubber, config: Config): Promise<Part> {
  return {
    name: 'status.json',
    about: 'what `status` tells: lights, last contacts, errors and imports',
    text: `${JSON.stringify(redactJson(scrubber, await statusOf(config)), null, 2)}\n`,
  };
}
