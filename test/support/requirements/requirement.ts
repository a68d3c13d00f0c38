import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Level = 'MUST' | 'SHOULD' | 'MAY' | 'FACT' | 'OBS' | 'DECIDE' | 'WEAK';

/**
 * One sentence that a server of SCIM 2.0 is held to. `K`: RFC 7643, `R`: RFC 7644, `U`: RFC 9865, each with its section;
 * `O`: Okta, `N`: Microsoft Entra, `L`: other clients. `FACT` is a plain statement, taken as a MUST; `OBS` is what a client
 * was seen to do; `DECIDE` is left open there, and what we do.
 */
export interface Requirement {
  readonly id: string;
  readonly level: Level;
  readonly text: string;
  /** Why no test of a server can hold it: it binds others, or tells of them. */
  readonly unheld?: string;
}

const LINE = /^(\S+) \| (\S+) \| ([^|]+?)(?: \| (.+))?$/;

function parse(line: string): Requirement {
  const [, id = '', level = '', text = '', unheld] = LINE.exec(line) ?? [];
  if (id === '') throw new Error(`not a requirement: ${line}`);
  return { id, level: level as Level, text, ...(unheld === undefined ? {} : { unheld }) };
}

export const requirements: readonly Requirement[] = readFileSync(join(import.meta.dirname, 'scim-2.0.txt'), 'utf8')
  .trim()
  .split('\n')
  .map(parse);

/** Whether a test has to hold it. */
export const isBinding = ({ level, unheld }: Requirement): boolean =>
  unheld === undefined && (level === 'MUST' || level === 'FACT');
