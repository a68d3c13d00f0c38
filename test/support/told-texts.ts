import { isFaultCode } from '../../connector/explain/catalogue.ts';
import { read, sources } from './architecture/imports.ts';
import { type Call, callsOf, sampleOf } from './calls.ts';

export const sourcesOfTexts = sources('connector').filter((file) => !file.startsWith('connector/explain/'));

interface Site extends Call {
  /** File and line. */
  readonly at: string;
}

/** @param name  of what is called: `new ScimError` */
export const sitesOf = (name: string): readonly Site[] =>
  sourcesOfTexts.flatMap((file) => callsOf(read(file), name).map((call) => ({ ...call, at: `${file}:${call.line}` })));

const faultIn = (options = ''): string | undefined => /\bfault: '([\w-]+)'/.exec(options)?.[1];

/** A place that tells somebody of a fault, with the source of its text. */
interface ToldSite {
  readonly at: string;
  readonly code: string;
  readonly source: string;
}

/** Where code and text stand together. */
export const toldSites = (): readonly ToldSite[] => [
  ...sitesOf('new ScimError').flatMap(({ args: [, source = '', options], at }) => {
    const code = faultIn(options);
    return code === undefined ? [] : [{ at, code, source }];
  }),
  ...['unavailable', 'invalid', 'refuse'].flatMap((name) =>
    sitesOf(name).flatMap(({ args: [first = '', source = ''], at }) => {
      const code = sampleOf(first);
      return code !== undefined && isFaultCode(code) ? [{ at, code, source }] : [];
    }),
  ),
];

/** What people are told of each fault, `…` for what differs. */
export function toldTexts(): ReadonlyMap<string, readonly string[]> {
  const texts = new Map<string, Set<string>>();
  for (const { code, source } of toldSites()) {
    const text = sampleOf(source, {}, '…')?.replace(/…{2,}/g, '…');
    if (text === undefined || /^[…\s:"]*$/.test(text)) continue;
    texts.set(code, (texts.get(code) ?? new Set()).add(text));
  }
  return new Map([...texts].map(([code, of]) => [code, [...of].sort()]));
}
