import { setTimeout as pause } from 'node:timers/promises';
import { failed, ok, type Tried, type Verdict } from '../step.ts';
import type { Book, Entry } from './book.ts';
import { DOUBT, type Removal, removeAll } from './removal.ts';
import type { Server } from './server.ts';

/** What is in doubt is looked for again. Unit: ms. */
const LOOK_EVERY = 2_000;

export interface CleanUpOptions {
  readonly server: Server;
  readonly books: readonly Book[];
  /** Waits until nothing is in doubt any more, or for this. Absent: that is left to the next run. */
  readonly waits?: AbortSignal;
  /** As in `removal.ts`. */
  readonly doubt?: number;
  /** That clears up later. */
  readonly clean?: string | undefined;
}

/** Removes what is left, and does nothing else. */
export const CLEAN = 'scim-connector doctor --clean';

export const CLEAN_UP = { name: 'cleanUp', title: 'Clean-up', writes: true } as const;

export const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

function removedText({ User, Group }: Readonly<Record<Entry['type'], number>>): string {
  const parts = [...(User > 0 ? [counted(User, 'user')] : []), ...(Group > 0 ? [counted(Group, 'group')] : [])];
  return parts.length === 0 ? 'there was nothing to remove' : `${parts.join(' and ')} removed`;
}

const thing = ({ type, names, id }: Entry): string =>
  `${type.toLowerCase()} ${names.at(-1)}${id === undefined ? '' : ` (${id})`}`;

const PHRASES: Readonly<Record<Exclude<Removal['end'], 'gone'>, string>> = {
  'in doubt': 'may still be created by a request that is under way',
  remains: 'remains',
  'taken over': 'has another name by now and was left alone',
  'not now': 'could not be removed',
};

function sentenceOf(entry: Entry, removal: Exclude<Removal, { readonly end: 'gone' }>): string {
  const why = 'why' in removal ? `: ${removal.why}` : 'name' in removal ? `: ${removal.name}` : '';
  return `${thing(entry)} ${PHRASES[removal.end]}${why}`;
}

/** Removes what stands in the books and says what is left of it. */
export async function cleanUp({ server, books, waits, doubt, clean = CLEAN }: CleanUpOptions): Promise<Verdict> {
  const removed = { User: 0, Group: 0 };
  const left: string[] = [];
  const ends = new Set<Removal['end']>();
  const once = async (book: Book): Promise<void> => {
    for await (const { entry, removal } of removeAll(server, book, doubt)) {
      if (removal.end === 'gone') removed[entry.type] += removal.removed;
      else {
        ends.add(removal.end);
        left.push(sentenceOf(entry, removal));
      }
    }
  };
  const until = Date.now() + (doubt ?? DOUBT);
  for (;;) {
    left.length = 0;
    ends.clear();
    for (const book of books) await once(book);
    if (!waits || waits.aborted || !ends.has('in doubt') || Date.now() > until) break;
    await pause(LOOK_EVERY, undefined, { signal: waits }).catch(() => undefined);
  }
  const done = removedText(removed);
  if (left.length === 0) return ok(`${done}; nothing is left`);
  const text = `${done}; ${left.join('; ')}`;
  if (ends.has('remains'))
    return failed({
      text,
      cause: 'the server deletes no users; Okta never asks it to',
      fix: 'remove them where people are kept, by these names; what was made is deactivated at most',
    });
  return failed({ text, cause: 'the server did not do it yet', fix: 'Later', command: clean });
}

export async function triedCleanUp(options: CleanUpOptions, title: string = CLEAN_UP.title): Promise<Tried> {
  const began = performance.now();
  const verdict = await cleanUp(options);
  return { step: { ...CLEAN_UP, title }, verdict, duration: performance.now() - began };
}
