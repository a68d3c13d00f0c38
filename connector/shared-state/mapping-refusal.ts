import { ScimError } from '../scim/error.ts';
import type { LiveNode, NodeApp } from './live-node.ts';
import { differing } from './mapping-words.ts';

const shown = (word: string | undefined): string => {
  const text = word ?? 'not set';
  return text.length > 40 ? `${text.slice(0, 37)}...` : text;
};

const clock = (time: number): string => `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** Who had its mapping first goes on, so that one of them always serves. */
const isBefore = (a: NodeApp, aId: string, b: NodeApp, bId: string): boolean =>
  a.since < b.since || (a.since === b.since && aId < bId);

/** Why an app may not be served by one connector beside the `others`; undefined where nothing is against it. */
export function mappingRefusal(
  app: string,
  own: { readonly id: string; readonly app: NodeApp },
  others: readonly LiveNode[],
): ScimError | undefined {
  for (const { id, name, apps } of others) {
    const theirs = apps[app];
    if (!theirs || theirs.digest === own.app.digest || !isBefore(theirs, id, own.app, own.id)) continue;
    const [first = '', ...more] = differing(own.app.words, theirs.words);
    const rest = more.length > 0 ? ` (${more.length} more differ${more.length === 1 ? 's' : ''})` : '';
    return new ScimError(
      'unavailable',
      `app ${app} is not served here: ${first} is ${shown(own.app.words[first])}, and ${shown(theirs.words[first])} at ${name}, which was first (${clock(theirs.since)}); make both the same${rest}, and reload this one`,
      { fault: 'node-mapping-differs' },
    );
  }
  return undefined;
}
