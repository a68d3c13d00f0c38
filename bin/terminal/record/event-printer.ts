import type { StoredRecord } from '../../../connector/journal/journal-store.ts';
import { printable } from '../../../connector/log/printable.ts';
import type { Terminal } from '../terminal.ts';
import { localTime, localZone } from './local-time.ts';
import { recordLine } from './record-line.ts';
import { recordText } from './record-text.ts';

export interface EventManner {
  /** Unit: columns. */
  readonly width: number;
  readonly isWhole: boolean;
  readonly withApp: boolean;
  readonly withNode: boolean;
}

/** Records as they come: a line each below the day that they are of, whole ones, or a line of JSON each. */
export class EventPrinter {
  readonly #terminal: Terminal;
  readonly #manner: EventManner;
  #day = '';

  constructor(terminal: Terminal, manner: EventManner) {
    this.#terminal = terminal;
    this.#manner = manner;
  }

  /** Resolves once they are on their way: a reader that is slow is waited for. */
  async print(records: readonly StoredRecord[]): Promise<void> {
    const lines = records.flatMap((record) => this.#linesOf(record));
    if (lines.length > 0) await this.#terminal.printNow(lines.join('\n'));
  }

  #linesOf(record: StoredRecord): readonly string[] {
    if (this.#terminal.json) return [printable(JSON.stringify(record))];
    const { width, isWhole, withApp, withNode } = this.#manner;
    if (isWhole) return [recordText(record), ''];
    const { date } = localTime(record.time);
    const isNew = date !== this.#day;
    const head = this.#day === '' ? `${date}, times: ${localZone()}` : date;
    this.#day = date;
    const line = recordLine(record, { width, withoutDate: true, withApp, withNode });
    return isNew ? [head, line] : [line];
  }
}
