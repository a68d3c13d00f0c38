import type { Answer } from '../http-client.ts';
import type { Random } from '../random.ts';

/** A request on its way, to be changed, repeated or sent elsewhere. */
export interface Sent {
  readonly method: string;
  /** Of the base URL, by which the version is chosen. */
  readonly segment: 'v1' | 'v2';
  /** Below the base URL. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Which connector gets it. */
  readonly node: number;
  /** Sent long ago and again now. */
  readonly late?: true;
}

export type Send = (request: Sent) => Promise<Answer>;

/** What a disturbance may look at. */
export interface Scene {
  readonly random: Random;
  /** How many connectors serve the same store. */
  readonly nodes: number;
  /** Changes of earlier, oldest first. */
  readonly earlier: readonly Sent[];
}

/** Something that happens to a message between Okta and the connector. */
export interface Disturbance {
  readonly name: string;
  /** Of 1, for each message that it suits. */
  readonly chance: number;
  suits(request: Sent): boolean;
  disturb(request: Sent, send: Send, scene: Scene): Promise<Answer>;
}

export const isUpdate = ({ method }: Sent): boolean => method === 'PUT' || method === 'PATCH';
export const isChange = ({ method }: Sent): boolean => method !== 'GET';
