import { type Failed, failed } from '../step.ts';
import type { Reply } from '../wire.ts';
import { javaText } from './okta-words.ts';
import { isPage, refusal } from './refusal.ts';

/** What Okta makes of a reply that is formed otherwise than its parser wants (docs/okta-agent.md, Problems). */
export type Shape = keyof typeof SHAPES;

type Told = Pick<Failed, 'text' | 'cause' | 'fix'> & { readonly okta: string };

const NO_RESULTS = 'No results for users returned';
const GONE =
  'nothing at first; then Okta takes those who are missing for deleted, or its import safeguard of 20 % stops the import';

/** WHAT stands for the key or the count that it is about. */
const SHAPES = {
  empty: {
    text: 'is answered without a body',
    cause: 'the server answers with success and says nothing',
    fix: 'Answer with the JSON object that SCIM asks for, also when nobody is found',
    okta: NO_RESULTS,
  },
  noJson: {
    text: 'is answered with something else than JSON',
    cause: 'the server answers in another format, or its JSON is cut off',
    fix: 'Answer with application/json',
    okta: 'com.fasterxml.jackson.core.JsonParseException: Unexpected character',
  },
  noList: {
    text: 'is answered with JSON that is no list of SCIM: WHAT',
    cause: 'a list needs an object around it with totalResults and Resources, also when it is empty',
    fix: 'Answer {"schemas":["urn:scim:schemas:core:1.0"],"totalResults":0,"startIndex":1,"itemsPerPage":0,"Resources":[]} and the like',
    okta: NO_RESULTS,
  },
  textForNumber: {
    text: 'WHAT is a text and no number',
    cause: "the server writes numbers in quotes, which Okta's parser does not take",
    fix: 'Write totalResults, startIndex and itemsPerPage as JSON integers',
    okta: 'nothing at all: the lookup is answered and no create follows (app.user_management.provision_user_failed)',
  },
  noTotal: {
    text: 'totalResults is missing',
    cause: 'the list does not say how many there are, so that Okta cannot know when it has them all',
    fix: 'Add totalResults, the number of all that match, as a JSON integer',
    okta: NO_RESULTS,
  },
  short: {
    text: 'WHAT',
    cause:
      'the server caps a page below what was asked for, or counts wrongly; who goes on by what was asked for loses the rest',
    fix: 'Return exactly count resources while there are as many left, and in totalResults the number of all',
    okta: GONE,
  },
  twice: {
    text: 'WHAT',
    cause: 'the order of the list changes between two requests, so that pages overlap and others fall between them',
    fix: 'Sort by something that never changes, such as the id, in every request alike',
    okta: GONE,
  },
  noId: {
    text: 'WHAT has no id',
    cause: 'every resource needs an id: Okta keeps it and uses it in every later URL',
    fix: 'Give every user and group an id that never changes',
    okta: 'java.lang.NullPointerException in the import; nobody is imported',
  },
  noUserName: {
    text: 'WHAT has no userName',
    cause: 'an account without a name for the login cannot be matched',
    fix: 'Give every user a userName',
    okta: 'the account is left out of the import',
  },
  noMembers: {
    text: 'WHAT has no members',
    cause: 'Okta makes the next change of a membership from this answer, and would empty the group with it',
    fix: 'List all members in every answer about a group, as [] where there are none',
    okta: 'nothing; after the next change in Okta the group has one member, or none',
  },
  password: {
    text: 'WHAT shows a password',
    cause: 'the server gives passwords away',
    fix: 'Leave password out of every answer',
    okta: 'nothing; the password stands in the log of the agent',
  },
  notFound: {
    text: 'WHAT',
    cause: 'the server answers 404 when a lookup finds nobody, which Okta takes for a failure',
    fix: 'Answer 200 with totalResults 0 and an empty list of Resources when nobody is found',
    okta: 'Error code: 404, error: Not Found; nobody is created',
  },
  ignoredFilter: {
    text: 'WHAT',
    cause: 'the server does not look at the filter, and returns others than those asked for',
    fix: 'Apply the filter, or refuse it with 400',
    okta: 'the wrong account is linked with the person, and overwritten by the next push',
  },
} as const satisfies Readonly<Record<string, Told>>;

/** @param what  the key or the words that it is about */
export function shapeFailure(reply: Pick<Reply, 'message' | 'url'>, shape: Shape, what = ''): Failed {
  const { text, cause, fix, okta }: Told = SHAPES[shape];
  const isAbout = /^(is|WHAT$)/.test(text) ? ' ' : ': ';
  return failed({
    text: `${reply.message}${isAbout === ' ' && text === 'WHAT' ? ': ' : isAbout}${text.replace('WHAT', what)}`,
    cause,
    fix,
    command: `curl -sk -H 'Authorization: …' '${reply.url}'`,
    okta: okta.startsWith('com.') || okta.startsWith('java.') ? javaText(reply.message, okta) : okta,
  });
}

/** A reply with success and JSON. @returns what is wrong with it otherwise */
export function bodyFailure(reply: Reply): Failed | undefined {
  const { status, text, headers, body } = reply;
  if (status < 200 || status > 299 || isPage(text, headers)) return refusal(reply);
  if (text === '') return shapeFailure(reply, 'empty');
  if (body === undefined) return shapeFailure(reply, 'noJson');
  return undefined;
}
