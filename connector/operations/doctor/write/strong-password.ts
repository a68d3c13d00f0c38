import { randomBytes } from 'node:crypto';

/** What no policy finds too weak: 24 random bytes, and something of each kind of character. */
export const strongPassword = (): string => `zK7-${randomBytes(24).toString('base64url')}.!`;
