import { isObject } from '../../../simulator/judgement.ts';
import { type Failed, failed, StepFailed } from '../step.ts';
import type { Reply } from '../wire.ts';
import { explained } from './explained.ts';
import { shortened, taskText } from './okta-words.ts';

/** The words of an error, of whichever form; never a whole body. */
export function saidBy({ body, text, headers }: Pick<Reply, 'body' | 'text' | 'headers'>): string {
  if (isObject(body)) {
    const { Errors: upper, errors: lower, detail, message, error } = body;
    for (const list of [upper, lower]) {
      const first: unknown = Array.isArray(list) ? list[0] : undefined;
      if (isObject(first) && typeof first['description'] === 'string') return shortened(first['description']);
    }
    for (const one of [detail, message, error]) if (typeof one === 'string' && one !== '') return shortened(one);
  }
  if (text === '') return '(no body)';
  if (isPage(text, headers)) return `(a page: ${titleOf(text)})`;
  return shortened(text, 120);
}

/** The same, where nothing is to be looked up. */
export const saidBriefly = (reply: Pick<Reply, 'body' | 'text' | 'headers'>): string =>
  saidBy(reply).replace(/ \(ref [\w-]+\)$/, '');

/** For people who browse: from a proxy, a login, a portal. */
export const isPage = (text: string, headers: Reply['headers']): boolean =>
  /^text\/html\b/i.test(headers['content-type'] ?? '') || /^\s*<(!doctype|html)/i.test(text);

const titleOf = (text: string): string => shortened(/<title[^>]*>([^<]*)/i.exec(text)?.[1] ?? 'without a title', 60);

const curl = (url: string): string => `curl -sk -i -H 'Authorization: …' '${url}'`;

type Told = Pick<Failed, 'cause' | 'fix' | 'command'>;

/** What a status alone means, of a server that is not known. */
function byStatus({ status, url }: Reply): Told {
  const command = curl(url);
  if (status >= 300 && status < 400)
    return {
      cause:
        'the server sends callers elsewhere: to https, to another name, or to a login page. The agent does not follow',
      fix: 'Enter in Okta the URL that it leads to; this shows it',
      command: `curl -sk -o /dev/null -w '%{redirect_url}\\n' '${url}'`,
    };
  switch (status) {
    case 401:
      return {
        cause:
          'the server does not accept the credential: it was mistyped or cut off, lacks the word Bearer, or stands in another header',
        fix: "Give it as Okta sends it, with --header 'Authorization: Bearer TOKEN', and try it",
        command,
      };
    case 403:
      return {
        cause: 'the server knows the credential and forbids it this',
        fix: 'Give it the right to read users and groups there, and try it',
        command,
      };
    case 404:
      return {
        cause:
          'there is nothing at this address: the base URL is cut off or has a part too many, or the server does not have this part of SCIM',
        fix: 'Correct the base URL: what comes before /Users; this tries it',
        command,
      };
    case 405:
    case 501:
      return {
        cause: 'the server does not have this part of SCIM',
        fix: 'Implement it, or leave the capability out of /ServiceProviderConfigs',
        command,
      };
    case 429:
      return {
        cause: 'the server is asked too often, or what stands behind it is not there for the moment',
        fix: 'Try it again in a minute, and look into its log',
        command,
      };
    default:
      return status >= 500
        ? {
            cause: 'the server failed: what stands behind it cannot be reached, or it has a bug',
            fix: 'Look into its log at that moment; this tries it again',
            command,
          }
        : {
            cause: 'the server does not take this request',
            fix: 'Look into its log at that moment; this tries it again',
            command,
          };
  }
}

const PAGE: Pick<Failed, 'cause' | 'fix'> = {
  cause: 'something else answers than a SCIM server: a proxy, a login page or a web server at that address',
  fix: 'Correct the base URL, or take the proxy out of the way; this shows what answers',
};

/** Where an answer other than success is wanted: but not because the server could do nothing at all. @throws StepFailed */
export function requireServed(reply: Reply): Reply {
  if (reply.status === 429 || (reply.status >= 500 && reply.status !== 501)) throw new StepFailed(refusal(reply));
  return reply;
}

/** Statuses that one cause has for every request: what comes after would fail alike. */
const isForAll = (status: number): boolean => status === 401 || status === 403 || (status >= 300 && status < 400);

/** A reply that is no success where one was due. */
export function refusal(reply: Reply): Failed {
  const { message, status, url, text, headers } = reply;
  const said = saidBy(reply);
  const page = isPage(text, headers) ? { ...PAGE, command: curl(url) } : undefined;
  const told = page ?? explained(said) ?? byStatus(reply);
  return failed({
    text: `${message} is answered ${status}: ${said}`,
    ...told,
    okta: taskText(message, status, said),
    ...(isForAll(status) || page ? { isFatal: true } : {}),
  });
}
