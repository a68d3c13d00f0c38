import type { HttpClient } from '../../../simulator/http-client.ts';
import type { Patient } from '../patient.ts';
import { runSteps } from '../run-steps.ts';
import type { Tried } from '../step.ts';
import { Book } from './book.ts';
import { triedCleanUp } from './clean-up.ts';
import { Server } from './server.ts';
import { Writing } from './writing.ts';
import { stepsOf } from './writing-step.ts';
import { WRITING_STEPS } from './writing-steps.ts';

export interface WritingRun {
  readonly patient: Patient;
  readonly http: HttpClient;
  /** Of the books. */
  readonly folder: string;
  /** As in `Book`. */
  readonly key: string;
  readonly signal: AbortSignal;
  /** That clears up later. */
  readonly command: string;
  readonly emailDomain?: string;
  /** As in `removal.ts`. */
  readonly doubt?: number;
  /** At the end it waits for what is in doubt. Default true. */
  readonly waits?: boolean;
}

/** Runs that were broken off, whose books are about the same server. */
export const leftOver = (folder: string, key: string): readonly Book[] =>
  Book.abandoned(folder).filter(({ server }) => server === key);

/**
 * Clears up after broken-off runs, tries the writing steps, and clears up after itself: at the end, when it is
 * aborted, and when whoever listens goes away.
 */
export async function* runWriting(run: WritingRun): AsyncGenerator<Tried> {
  const { patient, http, folder, key, signal, command, emailDomain, doubt, waits = true } = run;
  const server = new Server({ baseUrl: patient.baseUrl, headers: patient.headers, http });
  const common = { server, command, ...(doubt === undefined ? {} : { doubt }) };
  const earlier = leftOver(folder, key);
  if (earlier.length > 0) yield await triedCleanUp({ ...common, books: earlier }, 'Clean-up after a broken-off run');
  const book = Book.begin(folder, key);
  const writing = new Writing({ patient, server, book, ...(emailDomain === undefined ? {} : { emailDomain }) });
  const clear = async (): Promise<Tried> => {
    await writing.end();
    const books = [...earlier, book].filter(({ entries }) => entries.length > 0);
    const tried = await triedCleanUp({ ...common, books, waits: waits && !signal.aborted });
    book.close();
    return tried;
  };
  let isClear = false;
  try {
    try {
      for await (const tried of runSteps(stepsOf(WRITING_STEPS, writing), patient, { signal })) {
        book.touch();
        yield tried;
      }
    } finally {
      const tried = await clear();
      isClear = true;
      yield tried;
    }
  } finally {
    if (!isClear) await clear();
  }
}
