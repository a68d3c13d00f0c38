import { styleText } from 'node:util';
import type { Notices } from '../../connector/log/notices.ts';
import { widthOf, wrap } from './line-width.ts';

export interface Manner {
  /** Results are for programs. */
  readonly json?: boolean | undefined;
  /** Results and warnings only. */
  readonly quiet?: boolean | undefined;
}

/** Results go to stdout, everything said about them to stderr. */
export class Terminal implements Notices {
  readonly quiet: boolean;
  readonly json: boolean;

  constructor({ json = false, quiet = false }: Manner) {
    this.json = json;
    this.quiet = quiet;
  }

  /** A result: lines of text. */
  print(text: string): void {
    process.stdout.write(`${text}\n`);
  }

  /** The same, resolving once the reader has it or it lies in the pipe. */
  async printNow(text: string): Promise<void> {
    await new Promise<void>((resolve) => process.stdout.write(`${text}\n`, () => resolve()));
  }

  /** A result for programs. */
  printJson(value: unknown): void {
    process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
  }

  /** A result that is a text in a format of its own; for programs under the format's name. */
  printDocument(format: string, text: string): void {
    if (this.json) this.printJson({ [format]: text });
    else this.print(text);
  }

  /** Something good to know. Silent with --quiet. */
  info(text: string): void {
    if (!this.quiet) process.stderr.write(`${wrap(text, widthOf(process.stderr))}\n`);
  }

  /** Commands to copy: never broken. Silent with --quiet. */
  noteCommands(title: string, lines: readonly string[]): void {
    if (!this.quiet) process.stderr.write([title, ...lines.map((line) => `  ${line}`), ''].join('\n'));
  }

  warn(text: string): void {
    const mark = styleText('yellow', 'warning:', { stream: process.stderr });
    process.stderr.write(`${wrap(`warning: ${text}`, widthOf(process.stderr)).replace('warning:', mark)}\n`);
  }
}
