import { randomFillSync } from 'node:crypto';
import type { Call, Client } from '../../backend/backend.ts';
import type { Trail } from '../../backend/trail.ts';

// Without 0/O and 1/I: it is read out on the phone.
const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/** Random bytes for many references at once: asking for them is what costs. */
const pool = Buffer.alloc(4096);
let used = pool.length;

/** One of 32 characters, by the lowest five bits of the next byte. */
const nextCharacter = (): string => ALPHABET.charAt((pool[used++] ?? 0) & 31);

/** Eight characters in two blocks, such as `K7Q2-91XM`. */
export function newReference(): string {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  let text = nextCharacter();
  for (let i = 1; i < 8; i += 1) text += (i === 4 ? '-' : '') + nextCharacter();
  return text;
}

/** A call whose abort signal costs nothing until somebody asks for it. */
export class RequestCall implements Call {
  readonly requestId: string;
  client: Client;
  actor = '';
  trail?: Trail;
  #controller: AbortController | undefined;
  #over = false;

  constructor(requestId: string, client: Client) {
    this.requestId = requestId;
    this.client = client;
  }

  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.#over) this.#controller.abort();
    return this.#controller.signal;
  }

  abort(): void {
    this.#over = true;
    this.#controller?.abort();
  }
}
