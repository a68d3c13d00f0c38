/** A file of the bundle. */
export interface Part {
  readonly name: string;
  /** What is in it, in one sentence. */
  readonly about: string;
  /** Redacted. */
  readonly text: string;
}

/** What would have been in a file, and why it is not. */
export interface Missing {
  readonly name: string;
  readonly why: string;
}

export type Gathered = Part | Missing;

export const isPart = (gathered: Gathered): gathered is Part => 'text' in gathered;

/** Whole lines from the end, as many as fit. @param most  unit: bytes */
export function lastLines(text: string, most: number): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= most) return text;
  const cut = bytes.subarray(bytes.length - most);
  const end = cut.indexOf(10);
  return end < 0 ? '' : cut.subarray(end + 1).toString();
}
