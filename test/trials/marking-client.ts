import type { Random } from '../../connector/simulator/random.ts';
import type { Answer } from '../support/http-client.ts';
import { Account } from './ledger.ts';
import type { Answering } from './trial-server.ts';

const SCHEMAS = ['urn:scim:schemas:core:1.0'];
const SCHEMAS_20 = ['urn:ietf:params:scim:schemas:core:2.0:User'];
const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

interface Shown {
  readonly id: string;
  readonly userName: string;
  readonly title?: string;
  readonly displayName?: string;
}

export interface MarkingOptions {
  /** Of everything it makes. */
  readonly name: string;
  /** What it writes in; it reads in SCIM 1.1. That by default. */
  readonly segment?: 'v1' | 'v2';
  readonly random: Random;
  /** The longest mark. Unit: characters. */
  readonly longest: number;
  /** Answers that leave open whether a write was made. */
  readonly leavesOpen: (status: number) => boolean;
}

/** A client that writes one thing after another to people of its own, each with one mark in two attributes. */
export class MarkingClient {
  readonly accounts: Account[] = [];
  readonly #options: MarkingOptions;
  #marks = 0;

  constructor(options: MarkingOptions) {
    this.#options = options;
  }

  /**
   * One write.
   * @returns whether it was acknowledged
   * @throws Error when no answer came
   */
  async write(server: Answering, fail: (text: string) => void): Promise<boolean> {
    const { name, random, longest, leavesOpen, segment = 'v1' } = this.#options;
    const there = this.accounts.filter(({ isThere, id }) => isThere && id !== undefined);
    const kind = there.length < 3 ? 'POST' : random.pick(['POST', 'PUT', 'PUT', 'PATCH', 'PATCH', 'DELETE'] as const);
    if (kind === 'POST') this.accounts.push(new Account(`${name}-${this.accounts.length}`));
    const account = kind === 'POST' ? this.accounts.at(-1) : random.pick(there);
    if (!account) throw new Error('no account');
    const mark = kind === 'DELETE' ? undefined : `${++this.#marks}-${'x'.repeat(random.below(longest))}`;
    if (kind !== 'POST') {
      const wrong = await readBack(server, account, leavesOpen);
      if (wrong !== undefined) fail(wrong);
    }
    account.begin(mark);
    const answer = await server.send(
      kind,
      kind === 'POST' ? '/Users' : `/Users/${account.id}`,
      segment === 'v2' ? body20(kind, account, mark) : body(kind, account, mark),
      {},
      segment,
    );
    if (answer.status < 300) {
      account.acknowledge(mark);
      if (kind === 'POST') account.id = (JSON.parse(answer.text) as Shown).id;
      return true;
    }
    if (leavesOpen(answer.status)) return false;
    account.refuse();
    fail(`${kind} of ${account.name} answered ${told(answer)}`);
    return false;
  }
}

/** Reads somebody of whom the client knows. @returns what is wrong about the answer */
async function readBack(
  server: Answering,
  account: Account,
  leavesOpen: (status: number) => boolean,
): Promise<string | undefined> {
  const answer = await server.send('GET', `/Users/${account.id}`);
  if (leavesOpen(answer.status)) return undefined;
  if (answer.status !== 200 && answer.status !== 404) return `GET of ${account.name} answered ${told(answer)}`;
  const { title, displayName } = answer.status === 404 ? ({} as Partial<Shown>) : (JSON.parse(answer.text) as Shown);
  return account.judge([title, displayName]);
}

function body(
  kind: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  { name }: Account,
  mark: string | undefined,
): object | undefined {
  if (kind === 'DELETE') return undefined;
  const marked = { schemas: SCHEMAS, title: mark, displayName: mark };
  // A directory needs a family name, and is given none of these otherwise.
  return kind === 'PATCH' ? marked : { ...marked, userName: name, name: { familyName: name } };
}

function body20(
  kind: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  account: Account,
  mark: string | undefined,
): object | undefined {
  if (kind !== 'PATCH') return kind === 'DELETE' ? undefined : { ...body(kind, account, mark), schemas: SCHEMAS_20 };
  const marking = (path: string): object => ({ op: 'replace', path, value: mark });
  return { schemas: [PATCH_OP], Operations: [marking('title'), marking('displayName')] };
}

const told = ({ status, text }: Answer): string => `${status}: ${text.slice(0, 200)}`;

/** Looks for somebody by name and by id. @returns what is wrong */
export async function look(server: Answering, account: Account): Promise<string | undefined> {
  const filter = encodeURIComponent(`userName eq "${account.name}"`);
  const answer = await server.send('GET', `/Users?filter=${filter}`);
  if (answer.status !== 200) return `${account.name}: the search answered ${told(answer)}`;
  const [shown, ...others] = (JSON.parse(answer.text) as { Resources?: Shown[] }).Resources ?? [];
  if (others.length > 0) return `${account.name} is there ${others.length + 1} times`;
  if (shown && account.id !== undefined && shown.id !== account.id) return `${account.name} has another id`;
  account.id = shown?.id;
  const wrong = account.found([shown?.title, shown?.displayName]);
  if (wrong !== undefined || !shown) return wrong;
  const byId = await server.send('GET', `/Users/${shown.id}`);
  return byId.status === 200 ? undefined : `${account.name} answers ${told(byId)} by its id`;
}

/** Each by itself, sixteen at a time. */
export async function lookForEach(
  server: Answering,
  accounts: readonly Account[],
  fail: (text: string) => void,
): Promise<void> {
  for (let from = 0; from < accounts.length; from += 16) {
    const wrong = await Promise.all(accounts.slice(from, from + 16).map((account) => look(server, account)));
    for (const text of wrong) if (text !== undefined) fail(text);
  }
}

/** Everybody there ever was, page by page as an import reads them. */
export async function lookForAll(
  server: Answering,
  accounts: readonly Account[],
  fail: (text: string) => void,
): Promise<void> {
  const shown = new Map<string, Shown>();
  for (let start = 1, total = 1; start <= total; start += 200) {
    const answer = await server.send('GET', `/Users?startIndex=${start}&count=200`);
    if (answer.status !== 200) throw new Error(`the list answered ${told(answer)}`);
    const page = JSON.parse(answer.text) as { totalResults: number; Resources?: Shown[] };
    total = page.totalResults;
    for (const one of page.Resources ?? []) shown.set(one.userName, one);
  }
  for (const account of accounts) {
    const one = shown.get(account.name);
    const wrong = account.found([one?.title, one?.displayName]);
    if (wrong !== undefined) fail(`in the list ${wrong}`);
    shown.delete(account.name);
  }
  for (const name of shown.keys()) fail(`${name} is listed, and nobody made it`);
}
