/** A segment of a path without its percent-encoding; as it came where that makes no text, so that nothing has this id. */
export function decodedSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
