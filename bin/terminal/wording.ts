/** `1 user`, `2 users`. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** An ISO 8601 time without the milliseconds; other words as they are. */
export const toSeconds = (text: string): string => text.replace(/\.\d+Z$/, 'Z');

/** A path as a shell takes it. */
export const quoted = (path: string): string => (/\s/.test(path) ? `"${path}"` : path);
