/** What is wrong between settings that are right one by one. */
export interface Complaint {
  /** The setting to change. */
  readonly path: readonly string[];
  readonly text: string;
  /** Works, but hardly as meant. */
  readonly warning?: true;
  /** It is about a backend that is not chosen. */
  readonly isIdle?: true;
}
