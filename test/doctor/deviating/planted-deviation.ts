import type { Answered, Deviation } from './deviating-server.ts';

/** One thing wrong with a server, and what a person must be told of it. */
export interface PlantedDeviation {
  readonly name: string;
  readonly deviation: Deviation;
  /** The first step that is red. */
  readonly red: string;
  readonly text: RegExp;
  readonly cause: RegExp;
  readonly fix: RegExp;
  readonly okta: RegExp;
  /** Nothing else was tried. */
  readonly isFatal?: true;
}

export type Json = Record<string, unknown>;

/** Changes the answer to one path. */
export const at =
  (path: RegExp, change: (answer: Answered, body: Json, url: URL) => void): Deviation =>
  (answer, url) => {
    if (path.test(url.pathname) && answer.status === 200) change(answer, answer.body as Json, url);
    return undefined;
  };

export const USERS = /\/Users$/;
export const GROUPS = /\/Groups$/;
export const CONFIG = /ServiceProviderConfigs$/;
