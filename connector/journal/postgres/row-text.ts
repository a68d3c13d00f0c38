/** Text as PostgreSQL takes it: it has no place for NUL, nor for half of a character. */
export const storable = (text: string): string => text.replaceAll('\0', '\uFFFD').toWellFormed();
