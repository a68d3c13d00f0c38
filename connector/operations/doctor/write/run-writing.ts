import { EXAMINER } from '../../../service/examination.ts';
import { HttpClient } from '../../../simulator/http-client.ts';
import type { Patient } from '../patient.ts';
import { runSteps } from '../run-steps.ts';
import { ok, type Tried, warning } from '../step.ts';
import { Book, type Shelf } from './book.ts';
import { CLEAN, CLEAN_UP, type CleanUpOptions, counted, triedCleanUp } from './clean-up.ts';
import { Server } from './server.ts';
import { Writing, type WritingOptions } from './writing.ts';
import { stepsOf } from './writing-step.ts';
import { WRITING_STEPS } from './writing-steps.ts';

export interface WritingRun extends Pick<WritingOptions, 'emailDomain'>, Pick<CleanUpOptions, 'doubt'> {
  readonly patient: Patient;
  readonly shelf: Shelf;
  readonly signal: AbortSignal;
  /** Whether it waits at the end for what is in doubt. Default true. */
  readonly waits?: boolean;
}

const AFTER_ANOTHER = 'Clean-up of a broken-off run';
/** Of one reply. Unit: ms. */
const PATIENCE = 12_000;

async function* reaching({ baseUrl, headers, trust }: Patient, work: (server: Server) => AsyncGenerator<Tried>) {
  const http = new HttpClient({ ...trust, timeout: PATIENCE });
  try {
    yield* work(new Server({ baseUrl, headers: { 'User-Agent': EXAMINER, ...headers }, http }));
  } finally {
    http.close();
  }
}

/**
 * Clears up after broken-off runs, tries the writing steps, and clears up after itself: at the end, when it is
 * aborted, and when whoever listens goes away.
 * @throws the reason of `signal`; Error when a book cannot be read
 */
export const runWriting = (run: WritingRun): AsyncGenerator<Tried> =>
  reaching(run.patient, async function* write(server) {
    const { patient, shelf, signal, waits = true, doubt, ...more } = run;
    const common = { server, clean: shelf.clean, ...(doubt === undefined ? {} : { doubt }) };
    const earlier = Book.abandoned(shelf);
    if (earlier.length > 0) yield await triedCleanUp({ ...common, books: earlier }, AFTER_ANOTHER);
    const book = Book.begin(shelf, patient.baseUrl);
    const writing = new Writing({ patient, server, book, ...more });
    const clear = async (): Promise<Tried> => {
      await writing.end();
      const books = [...earlier, book].filter(({ entries }) => entries.length > 0);
      const tried = await triedCleanUp({ ...common, books, ...(waits ? { waits: signal } : {}) });
      book.close();
      return tried;
    };
    try {
      for await (const tried of runSteps(stepsOf(WRITING_STEPS, writing), patient, { signal })) {
        book.touch();
        yield tried;
      }
    } finally {
      yield await clear();
    }
  });

/** Clears up after broken-off runs, and does nothing else. @throws Error when a book cannot be read */
export const runCleaning = (run: Omit<WritingRun, 'emailDomain'>): AsyncGenerator<Tried> =>
  reaching(run.patient, async function* clean(server) {
    const { shelf, signal, waits = true, doubt } = run;
    const books = Book.abandoned(shelf);
    if (books.length === 0) yield { step: CLEAN_UP, verdict: ok('nothing is left of an earlier run'), duration: 0 };
    else
      yield await triedCleanUp({
        server,
        books,
        clean: shelf.clean,
        ...(waits ? { waits: signal } : {}),
        ...(doubt === undefined ? {} : { doubt }),
      });
  });

/** What broken-off runs have left, where that is so: for whoever changes nothing. */
export async function* tellLeftOver(shelf: Shelf): AsyncGenerator<Tried> {
  const left = Book.abandoned(shelf).flatMap(({ entries }) => entries);
  if (left.length === 0) return;
  const names = left.map(({ names: all }) => all.at(-1)).join(', ');
  const text = `${counted(left.length, 'thing')} may be left of a run that was broken off: ${names}`;
  yield {
    step: { ...CLEAN_UP, title: AFTER_ANOTHER },
    verdict: warning(text, 'Remove them', shelf.clean ?? CLEAN),
    duration: 0,
  };
}
