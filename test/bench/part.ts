import type { Report } from './report.ts';

/** Rows that are measured with one set-up. */
export interface Part {
  /** What its rows' names begin with. */
  readonly name: string;
  /** @param folder  its own, empty, removed afterwards */
  run(report: Report, folder: string): Promise<void>;
}
