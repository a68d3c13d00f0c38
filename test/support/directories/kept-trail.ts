import type { Backend, Call } from '../../../connector/backend/backend.ts';
import type { IntendedWrite, Trail, WriteOutcome } from '../../../connector/backend/trail.ts';

/** A write that was told of, and how it ended as far as anybody said. */
export interface Told {
  readonly write: IntendedWrite;
  outcome?: WriteOutcome;
  words?: string;
}

/** Keeps what a store tells of its writes. */
export class KeptTrail implements Trail {
  readonly told: Told[] = [];
  readonly statements: string[] = [];
  /** Numbers of intents, from 1, that cannot be kept. */
  readonly lost = new Set<number>();

  enclose(): string {
    throw new Error('a directory has no transactions');
  }

  undone(): void {
    throw new Error('a directory has no transactions');
  }

  async intend(write: IntendedWrite): ReturnType<Trail['intend']> {
    const one: Told = { write: { ...write, proof: JSON.parse(JSON.stringify(write.proof)) } };
    this.told.push(one);
    if (this.lost.has(this.told.length)) throw new Error('the intent cannot be kept');
    return (outcome, words) => {
      one.outcome = outcome;
      if (words !== undefined) one.words = words;
    };
  }

  sent(text: string): void {
    this.statements.push(text);
  }
}

/** A backend whose every write is told to `trail`. */
export function trailed(backend: Backend, trail: Trail): Backend {
  const on = (call: Call): Call => ({ ...call, trail });
  const handler: ProxyHandler<Backend> = {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      const bound = member.bind(target) as (...all: unknown[]) => unknown;
      const takesCall = name === 'create' || name === 'modify' || name === 'delete';
      return takesCall ? (call: Call, ...rest: unknown[]) => bound(on(call), ...rest) : bound;
    },
  };
  return new Proxy(backend, handler);
}
