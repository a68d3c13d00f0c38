import type { OutgoingHttpHeaders } from 'node:http';
import type { Sender } from '../connection.ts';
import type { Answer } from '../http-client.ts';
import type { Random } from '../random.ts';
import { type Disturbance, isChange, isUpdate, type Send, type Sent } from './sent.ts';

/** Changes that may come again late. */
const REMEMBERED = 50;

export interface ChaosOptions {
  /** As the agent has it, without slash at the end. */
  readonly baseUrl: string;
  readonly segment: Sent['segment'];
  readonly nodes: number;
  readonly disturbances: readonly Disturbance[];
  readonly send: Send;
}

/** Stands between an agent and the wire, and disturbs what passes. */
export class ChaoticSender implements Sender {
  readonly counts: Record<string, number> = {};
  /** Where the chances of the present task come from. */
  random: Random;
  /** Whether changes that add or delete somebody may come again late. */
  mayMove = true;
  readonly #options: ChaosOptions;
  readonly #earlier: Sent[] = [];

  constructor(options: ChaosOptions, random: Random) {
    this.#options = options;
    this.random = random;
  }

  async send(method: string, url: string, headers: OutgoingHttpHeaders = {}, body?: string): Promise<Answer> {
    const request: Sent = {
      method,
      segment: this.#options.segment,
      path: url.slice(this.#options.baseUrl.length),
      headers: headers as Readonly<Record<string, string>>,
      node: 0,
      ...(body === undefined ? {} : { body }),
    };
    const answer = await this.#patiently(request);
    if (isChange(request)) this.#earlier.push(request);
    if (this.#earlier.length > REMEMBERED) this.#earlier.shift();
    return answer;
  }

  /** Without a reply nobody knows whether it was done: it is sent once more. @throws Error when that has none either */
  async #patiently(request: Sent): Promise<Answer> {
    try {
      return await this.#through(0)(request);
    } catch {
      return this.#through(0)(request);
    }
  }

  close(): void {
    // Whoever opened the wire closes it.
  }

  /** The wire as it is behind the first so many disturbances. */
  #through(index: number): Send {
    const { disturbances, send, nodes } = this.#options;
    const disturbance = disturbances[index];
    if (!disturbance) return send;
    const next = this.#through(index + 1);
    return async (request) => {
      if (!disturbance.suits(request) || !this.random.happens(disturbance.chance)) return next(request);
      this.counts[disturbance.name] = (this.counts[disturbance.name] ?? 0) + 1;
      const earlier = this.#earlier.filter((one) => this.mayMove || isUpdate(one));
      return disturbance.disturb(request, next, { random: this.random, nodes, earlier });
    };
  }
}
