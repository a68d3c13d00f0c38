import type { Filter } from 'ldapts';
import { ScimError } from '../../../scim/error.ts';
import type { Interviewer } from '../../module/interview.ts';
import { parseDn } from '../directory/dn.ts';
import type { Directory } from '../directory/session.ts';
import { placeText } from './layout-lines.ts';
import { countBelow, type Place } from './places.ts';

/** Places that are offered. */
const MOST = 8;

export interface PlaceQuestion {
  readonly text: string;
  /** The present one first. */
  readonly places: readonly Place[];
  readonly filter: Filter;
  /** What it means to have none; absent: there must be one. */
  readonly none?: string;
}

function isDn(text: string): boolean {
  try {
    return parseDn(text).length > 0;
  } catch (error) {
    if (error instanceof ScimError) return false;
    throw error;
  }
}

/** Whether it is there is told when it is tried, with the rule that may be missing. */
async function typed(directory: Directory, { text, places, filter }: PlaceQuestion, to: Interviewer): Promise<Place> {
  const [now] = places;
  const base = await to.ask({
    text,
    ...(now ? { standard: now.base } : {}),
    help: 'The DN of the place, such as ou=people,dc=example,dc=com.',
    complaint: (answer) => (isDn(answer) ? undefined : 'type a DN such as ou=people,dc=example,dc=com'),
  });
  return countBelow(directory, to.signal, base, filter);
}

/** One of the places that were found, or another. @returns the places with the chosen one first; none: empty */
export async function askPlace(
  directory: Directory,
  question: PlaceQuestion,
  interviewer: Interviewer,
): Promise<readonly Place[]> {
  const { text, places, none } = question;
  const offered = places.slice(0, MOST).map((place, index) => ({ value: String(index), label: placeText(place) }));
  const answer =
    offered.length === 0 && none === undefined
      ? 'other'
      : await interviewer.choose({
          text,
          choices: [
            ...offered,
            { value: 'other', label: 'another place' },
            ...(none === undefined ? [] : [{ value: 'none', label: none }]),
          ],
        });
  if (answer === 'none') return [];
  const chosen = answer === 'other' ? await typed(directory, question, interviewer) : places[Number(answer)];
  return chosen ? [chosen, ...places.filter((place) => place !== chosen)] : places;
}
