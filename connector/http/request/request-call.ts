import { randomInt } from 'node:crypto';
import type { Call } from '../../backend/backend.ts';

// Without 0/O and 1/I: it is read out on the phone.
const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/** Eight characters in two blocks, such as `K7Q2-91XM`. */
export function newReference(): string {
  let text = '';
  for (let i = 0; i < 8; i += 1) text += (i === 4 ? '-' : '') + ALPHABET[randomInt(ALPHABET.length)];
  return text;
}

/** A call whose abort signal costs nothing until somebody asks for it. */
export class RequestCall implements Call {
  readonly requestId: string;
  actor = '';
  #controller: AbortController | undefined;
  #over = false;

  constructor(requestId: string) {
    this.requestId = requestId;
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
