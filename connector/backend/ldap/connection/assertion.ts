import { BerWriter, Control, type Filter } from 'ldapts';
import { ASSERTION } from '../directory/oid.ts';

const OCTET_STRING = 4;

/** Has a change made only where the filter holds of the entry just then (RFC 4528); assertionFailed otherwise. */
export class Assertion extends Control {
  readonly #filter: Filter;

  constructor(filter: Filter) {
    super(ASSERTION, { critical: true });
    this.#filter = filter;
  }

  override writeControl(writer: BerWriter): void {
    const filter = new BerWriter();
    this.#filter.write(filter);
    writer.writeBuffer(filter.buffer, OCTET_STRING);
  }
}
