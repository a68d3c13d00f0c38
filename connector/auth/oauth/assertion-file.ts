import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Notices } from '../../log/notices.ts';
import { readIfPresent, writePrivate } from '../../state/private-file.ts';

/** Lines after which those that are over are left out. */
const MANY = 50_000;

export interface UsedAssertion {
  readonly digest: string;
  /** When it may be forgotten. Unit: s since 1970. */
  readonly end: number;
}

/** Where the used assertions of one app outlive the process. */
export interface AssertionRecord {
  read(now: number): readonly UsedAssertion[];
  add(used: UsedAssertion, now: number): void;
}

const inForce = (text: string, now: number): readonly string[] =>
  text.split('\n').filter((line) => Number(line.split(' ', 1)[0]) > now);

/**
 * The used assertions of all apps, a line each: end, app, digest. What cannot be written is remembered until the connector
 * stops, and the log says so once.
 */
export class AssertionFile {
  readonly #file: string;
  readonly #log: Notices;
  readonly #most: number;
  #lines: number | undefined;
  #warned = false;

  constructor(stateDir: string, log: Notices, most = MANY) {
    this.#file = join(stateDir, 'used-assertions');
    this.#log = log;
    this.#most = most;
  }

  of(app: string): AssertionRecord {
    return {
      read: (now) =>
        inForce(this.#text(), now).flatMap((line) => {
          const [end, of, digest] = line.split(' ');
          return of === app && digest ? [{ digest, end: Number(end) }] : [];
        }),
      add: ({ digest, end }, now) => this.#add(`${end} ${app} ${digest}\n`, now),
    };
  }

  #text(): string {
    try {
      return readIfPresent(this.#file) ?? '';
    } catch (error) {
      this.#warn(error);
      return '';
    }
  }

  #add(line: string, now: number): void {
    try {
      if (this.#lines === undefined || this.#lines >= this.#most) {
        const lines = inForce(this.#text(), now);
        writePrivate(this.#file, lines.map((one) => `${one}\n`).join(''));
        this.#lines = lines.length;
      }
      appendFileSync(this.#file, line);
      this.#lines += 1;
    } catch (error) {
      this.#warn(error);
    }
  }

  #warn(error: unknown): void {
    const failure = error instanceof Error ? error.message : String(error);
    if (!this.#warned)
      this.#log.warn(`used assertions of OAuth clients are remembered until the connector stops: ${failure}`);
    this.#warned = true;
  }
}
