/** Milliseconds in each unit a duration may carry. Longest first, so that formatting finds the shortest text. */
const DURATION = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000, ms: 1 } as const;

/** Bytes in each unit a size may carry. Binary units only: "MB" is read as two different numbers by two people. */
const SIZE = { GiB: 2 ** 30, MiB: 2 ** 20, KiB: 2 ** 10, B: 1 } as const;

export const durationPattern = /^(\d{1,12})(ms|s|m|h|d)$/;
export const sizePattern = /^(\d{1,12})(B|KiB|MiB|GiB)$/;

function parse(text: string, pattern: RegExp, units: Readonly<Record<string, number>>): number | undefined {
  const match = pattern.exec(text);
  const factor = units[match?.[2] ?? ''];
  return match && factor !== undefined ? Number(match[1]) * factor : undefined;
}

function format(amount: number, units: Readonly<Record<string, number>>, zero: string): string {
  if (amount === 0) return zero;
  const [unit, factor] = Object.entries(units).find(([, size]) => amount % size === 0) ?? ['', 1];
  return `${amount / factor}${unit}`;
}

/** "25s" → 25000. Unit of the result: ms. `undefined` when `text` is no duration. */
export const parseDuration = (text: string): number | undefined => parse(text, durationPattern, DURATION);

/** 25000 → "25s". */
export const formatDuration = (ms: number): string => format(ms, DURATION, '0s');

/** "1MiB" → 1048576. Unit of the result: bytes. `undefined` when `text` is no size. */
export const parseSize = (text: string): number | undefined => parse(text, sizePattern, SIZE);

/** 1048576 → "1MiB". */
export const formatSize = (bytes: number): string => format(bytes, SIZE, '0B');
