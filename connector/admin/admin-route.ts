/** What is asked of a running service by its own command line. */
export interface AdminRequest {
  readonly query: URLSearchParams;
  /** JSON, or undefined. From the account itself or an administrator, and to be checked all the same. */
  readonly body: unknown;
}

/** @returns what JSON can hold @throws AdminRefusal; anything else is a bug */
export type AdminHandler = (request: AdminRequest) => unknown;

/** It will not be done; the message says why, and stands alone. */
export class AdminRefusal extends Error {
  override readonly name = 'AdminRefusal';
}

export type AdminMethod = 'GET' | 'POST';
