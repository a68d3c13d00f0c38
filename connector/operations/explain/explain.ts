import { CATALOGUE, CODES, isFaultCode } from '../../explain/catalogue.ts';
import { readPasted } from '../../explain/pasted-text.ts';
import { possibleAt, recognise } from '../../explain/recognise.ts';
import { asReference } from '../../explain/reference.ts';
import type { JournalReader, StoredRecord } from '../../journal/journal-store.ts';
import { inOrder } from '../../journal/record-order.ts';
import type { FaultCode } from '../../scim/fault-code.ts';
import { type ToldFault, toldFault } from './told-fault.ts';

/** Why a reference led to no record. `absent`: its journal was read. `none`: there was no journal to read. */
export type Missing = { readonly kind: 'absent' } | { readonly kind: 'none'; readonly why: string };

export interface Explanation {
  /** Whether anything could be told. */
  readonly found: boolean;
  readonly reference?: string;
  /** What the journal holds under the reference: one operation, or those of a bulk request. */
  readonly records: readonly StoredRecord[];
  readonly missing?: Missing;
  /** What Okta's text says by itself. */
  readonly task?: { readonly message?: string; readonly status?: number; readonly said?: string };
  readonly fault?: ToldFault;
  /** Where nothing tells which it is: what it may be. */
  readonly possible: readonly ToldFault[];
  /** Records of the same person or group, shortly before and after. */
  readonly around: readonly StoredRecord[];
}

/** The journal, or why there is none to read. */
export type Journal = JournalReader | { readonly none: string };

/** How far apart records of one trouble are. Unit: ms. */
const NEAR = 15 * 60_000;
/** How many of them are shown. */
const MOST_AROUND = 6;

/** Typed with blanks, or in capitals. */
const codeIn = (text: string): FaultCode | undefined => {
  const code = text
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, '-');
  return isFaultCode(code) ? code : undefined;
};

const wordsOf = (code: FaultCode): readonly string[] =>
  `${code} ${CATALOGUE[code].title}`.toLowerCase().match(/[a-z]+/g) ?? [];

/** `disk full` → codes that have both words, or longer ones that begin so. */
const codesWith = (text: string): readonly FaultCode[] => {
  const words = text.toLowerCase().match(/[a-z]{3,}/g) ?? [];
  if (words.length === 0 || words.length > 4) return [];
  return CODES.filter((code) => words.every((word) => wordsOf(code).some((one) => one.startsWith(word))));
};

/** `database` has eight letters, as a reference without its dash may; nobody writes one in small letters. */
const isWordOfFaults = (text: string): boolean => /^[a-z]{8}$/.test(text.trim()) && codesWith(text).length > 0;

async function around(journal: JournalReader, record: StoredRecord): Promise<readonly StoredRecord[]> {
  const about = record.id ?? record.name;
  if (about === undefined) return [];
  const at = Date.parse(record.time);
  const query = { about, since: at - NEAR, until: at + NEAR + 1 };
  const all = inOrder([record, ...(await journal.select(query)).filter(({ ref }) => ref !== record.ref)]);
  const place = all.indexOf(record);
  return [...all.slice(0, place).slice(-MOST_AROUND / 2), ...all.slice(place + 1).slice(0, MOST_AROUND / 2)];
}

interface Looked {
  readonly records: readonly StoredRecord[];
  readonly around: readonly StoredRecord[];
  readonly missing?: Missing;
}

async function lookUp(journal: Journal, ref: string): Promise<Looked> {
  if ('none' in journal) return { records: [], around: [], missing: { kind: 'none', why: journal.none } };
  const records = await journal.select({ ref });
  const failed = records.find(({ outcome }) => outcome !== 'done') ?? records[0];
  if (!failed) return { records, around: [], missing: { kind: 'absent' } };
  return { records, around: await around(journal, failed) };
}

/** The fault that a record names, or that its text or its hint tells of. */
function faultOf({ fault, text, diagnostic, hint, ignored, outcome, reason }: StoredRecord): FaultCode | undefined {
  if (fault !== undefined && isFaultCode(fault)) return fault;
  const known = [text, diagnostic, hint].map((said) => (said === undefined ? undefined : recognise(readPasted(said))));
  const told = known.find((code) => code !== undefined);
  if (told !== undefined) return told;
  if (reason === 'internal') return 'internal-error';
  if (outcome !== 'done' || !ignored?.length) return undefined;
  return ignored.includes('password') ? 'password-unmapped' : 'attribute-ignored';
}

function possible(text: string, status: number | undefined, message: string | undefined): readonly FaultCode[] {
  const byStatus = possibleAt(status);
  return byStatus.length > 0 || message !== undefined ? byStatus : codesWith(text);
}

/**
 * What a reference, a code or a pasted text is about. Works without a journal as far as the text tells.
 * @param asked  in any form in which people have it in hand
 * @param openJournal  called when there is a reference to look for
 * @throws Error the journal cannot be read
 */
export async function explain(asked: string, openJournal: () => Promise<Journal>): Promise<Explanation> {
  const code = codeIn(asked);
  if (code !== undefined) return { found: true, records: [], around: [], fault: toldFault(code), possible: [] };
  const { text, said, message, status, ...pasted } = readPasted(asked);
  const isWord = isWordOfFaults(asked);
  const reference = isWord ? undefined : pasted.reference;
  const looked = reference === undefined ? { records: [], around: [] } : await lookUp(await openJournal(), reference);
  const failed = looked.records.find(({ outcome }) => outcome !== 'done') ?? looked.records[0];
  const isAlone = !isWord && asReference(text) !== undefined;
  const recognised =
    (failed && faultOf(failed)) ?? (isAlone ? undefined : recognise({ text, ...(said === undefined ? {} : { said }) }));
  const others = recognised === undefined && !failed && !isAlone ? possible(text, status, message) : [];
  const [only, ...more] = others;
  const fault = recognised ?? (more.length === 0 && status === undefined ? only : undefined);
  const task =
    message === undefined && status === undefined && said === undefined
      ? undefined
      : {
          ...(message === undefined ? {} : { message }),
          ...(status === undefined ? {} : { status }),
          ...(said === undefined ? {} : { said }),
        };
  return {
    found: failed !== undefined || fault !== undefined,
    ...(reference === undefined ? {} : { reference }),
    ...looked,
    ...(task ? { task } : {}),
    ...(fault === undefined ? {} : { fault: toldFault(fault) }),
    possible: fault === undefined ? others.map(toldFault) : [],
  };
}
