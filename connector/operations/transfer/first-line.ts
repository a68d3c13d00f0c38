export interface Peeked {
  /** Without its end. */
  readonly firstLine: string;
  /** All of it, the first line too. */
  readonly text: AsyncIterable<string>;
}

/** Longer is no line that could be waited for. Unit: characters. */
const LONGEST = 65_536;

/** Reads no further than the first line, which tells how to read the rest. */
export async function withFirstLine(pieces: AsyncGenerator<string>): Promise<Peeked> {
  let start = '';
  while (!/[\r\n]/.test(start) && start.length < LONGEST) {
    const { done, value } = await pieces.next();
    if (done) break;
    start += value;
  }
  async function* text(): AsyncGenerator<string> {
    yield start;
    yield* pieces;
  }
  return { firstLine: /^[^\r\n]*/.exec(start)?.[0] ?? '', text: text() };
}
