/** Bytes or characters that are not taken for text. The message names where they stand and the fix; it quotes nothing. */
export class TextError extends Error {
  override readonly name = 'TextError';
}
