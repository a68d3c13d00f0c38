import type { Message } from './alert.ts';

/** `secret`: the other side does not accept ours. `tls`: its certificate, or TLS. */
export type DeliveryFault = 'unreachable' | 'refused' | 'secret' | 'tls';

/** A message that did not arrive. The text is for the operator: what is wrong and the fix, never a secret. */
export class DeliveryError extends Error {
  override readonly name = 'DeliveryError';
  readonly fault: DeliveryFault;
  /** Whether sending it again may help. */
  readonly passing: boolean;

  constructor(fault: DeliveryFault, message: string, passing: boolean, options?: ErrorOptions) {
    super(message, options);
    this.fault = fault;
    this.passing = passing;
  }
}

/** A way to tell somebody. */
export interface Channel {
  /** As its table in [alerts] is called. */
  readonly name: 'webhook' | 'email' | 'os_log';
  /** Where it leads, without anything secret. */
  readonly to: string;
  /**
   * Once, without repetition.
   * @param signal  nobody waits for it any more
   * @returns what the other side said
   * @throws DeliveryError
   */
  send(message: Message, signal?: AbortSignal): Promise<string>;
}
