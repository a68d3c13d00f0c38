import type { KeptHold, KeptMode, KeptRequest } from '../../../connector/holds/kept-hold.ts';

const at = (ms: number): string => new Date(ms).toISOString();

/** For programs: times as text. */
export const holdJson = ({ opened, ended, outcome, ...hold }: KeptHold): object => ({
  ...hold,
  state: outcome ?? 'open',
  opened: at(opened),
  ...(ended === undefined ? {} : { ended: at(ended) }),
});

export const requestJson = ({ first, last, shares, ...request }: KeptRequest): object => ({
  ...request,
  counts: shares.map(({ kind, amount }) => ({ kind, amount })),
  first: at(first),
  last: at(last),
});

export const modeJson = ({ since, ...mode }: KeptMode): object => ({
  ...mode,
  ...(since === undefined ? {} : { since: at(since) }),
});
