/** What is wrong between settings that are right one by one. Paths are the setting to change. */
export interface Finding {
  readonly path: readonly string[];
  readonly text: string;
  /** Works, but hardly as meant. */
  readonly warning?: true;
}
