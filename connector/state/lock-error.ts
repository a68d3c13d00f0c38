/** A lock that nobody lets go of. The message names its file, and the fix. */
export class LockError extends Error {
  override readonly name = 'LockError';
}
