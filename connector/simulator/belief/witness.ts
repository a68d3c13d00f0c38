import type { Send, Sent } from '../chaos/sent.ts';
import type { Answer } from '../http-client.ts';
import { isObject } from '../judgement.ts';
import type { Payload } from '../payload.ts';
import { DELETED, type Kind, MADE, setBy } from './attributes.ts';
import type { Belief } from './belief.ts';
import type { Beliefs } from './beliefs.ts';
import { patchedBy } from './patched.ts';
import type { Moment, Values } from './register.ts';

const PATH = /^\/(Users|Groups)(?:\/([^?]+)|\?(.*))?$/;
/** That something else was in the way (docs/okta-agent.md, Status codes). */
const IN_THE_WAY = new Set([409, 412, 429]);

const parsed = (text: string | undefined): Payload => {
  const value: unknown = text ? JSON.parse(text) : {};
  return isObject(value) ? value : {};
};

function meant(kind: Kind, { method, body }: Sent): Values {
  if (method === 'DELETE') return DELETED;
  return method === 'PATCH' ? patchedBy(kind, parsed(body)) : setBy(kind, parsed(body));
}

const isDone = ({ status }: Answer): boolean => status >= 200 && status < 300;

/** Sits on the wire itself, where a request passes once for each time it is sent, and tells the beliefs of it. */
export class Witness {
  messages = 0;
  refused = 0;
  readonly #beliefs: Beliefs;
  readonly #send: Send;

  constructor(beliefs: Beliefs, send: Send) {
    this.#beliefs = beliefs;
    this.#send = send;
  }

  readonly send: Send = async (request) => {
    this.messages += 1;
    const [, endpoint, id, query] = PATH.exec(request.path) ?? [];
    if (endpoint === undefined) return this.#send(request);
    const kind: Kind = endpoint === 'Users' ? 'user' : 'group';
    if (id === undefined) {
      return request.method === 'POST' ? this.#create(kind, request) : this.#list(kind, request, query ?? '');
    }
    const belief = this.#beliefs.get(kind, decodeURIComponent(id));
    if (!belief) return this.#send(request);
    return request.method === 'GET' ? this.#read(belief, request) : this.#change(belief, request);
  };

  async #create(kind: Kind, request: Sent): Promise<Answer> {
    const values = new Map([...MADE, ...setBy(kind, parsed(request.body))]);
    const began = this.#beliefs.moment();
    this.#beliefs.expect(values, 1);
    // Without a reply it stays expected: it may have been done.
    const answer = await this.#send(request);
    const reading = { began, ended: this.#beliefs.moment() };
    if (isDone(answer)) {
      const reply = parsed(answer.text);
      const id = String(reply['id']);
      const known = this.#beliefs.get(kind, id);
      const belief = this.#beliefs.meet(kind, id);
      if (!known) {
        this.#beliefs.own(belief, values);
        const write = belief.register.begin(values, began);
        belief.register.acknowledge(write, reading.ended);
      }
      belief.note(told(request, answer, reading.ended));
      this.#beliefs.see(kind, reply, reading);
    } else if (!(IN_THE_WAY.has(answer.status) && this.#beliefs.isTaken(values, reading))) {
      this.#object(request, answer, 'though nobody has that name');
    } else this.refused += 1;
    this.#beliefs.expect(values, -1);
    return answer;
  }

  async #change(belief: Belief, request: Sent): Promise<Answer> {
    const { register, kind } = belief;
    const values = meant(kind, request);
    this.#beliefs.own(belief, values);
    const write = register.begin(values, this.#beliefs.moment());
    const answer = await this.#send(request);
    const ended = this.#beliefs.moment();
    belief.note(told(request, answer, ended));
    const reading = { began: write.begun, ended };
    if (isDone(answer)) {
      register.acknowledge(write, ended);
      if (request.method !== 'DELETE' && answer.text !== '')
        this.#beliefs.see(kind, parsed(answer.text), { ...reading, after: write });
      return answer;
    }
    // Of anything else nobody knows whether it was done.
    if (answer.status >= 500) this.#object(request, answer, belief.told);
    else {
      const isFair =
        (answer.status === 404 && register.possible('there', reading).has('no')) ||
        (IN_THE_WAY.has(answer.status) && (register.overlaps(write) || this.#beliefs.isTaken(values, reading, belief)));
      register.refuse(write);
      if (isFair) this.refused += 1;
      else this.#object(request, answer, `though nothing was in the way; ${belief.told}`);
    }
    return answer;
  }

  async #read(belief: Belief, request: Sent): Promise<Answer> {
    const began = this.#beliefs.moment();
    const answer = await this.#send(request);
    const reading = { began, ended: this.#beliefs.moment() };
    if (isDone(answer)) this.#beliefs.see(belief.kind, parsed(answer.text), reading);
    else if (answer.status !== 404) this.#object(request, answer, 'which is no answer to a question');
    else if (!belief.register.possible('there', reading).has('no')) {
      this.#beliefs.diverge(`${belief.name} is not found; ${belief.told}`);
    }
    return answer;
  }

  async #list(kind: Kind, request: Sent, query: string): Promise<Answer> {
    const began = this.#beliefs.moment();
    const answer = await this.#send(request);
    const reading = { began, ended: this.#beliefs.moment() };
    if (!isDone(answer)) {
      this.#object(request, answer, 'which is no answer to a question');
      return answer;
    }
    const found = parsed(answer.text)['Resources'];
    const resources = Array.isArray(found) ? found.filter(isObject) : [];
    for (const resource of resources) this.#beliefs.see(kind, resource, reading);
    this.#judgeLookup(query, resources, reading);
    return answer;
  }

  /** Whoever has the name for certain must be found by it. */
  #judgeLookup(query: string, found: readonly Payload[], reading: { began: Moment; ended: Moment }): void {
    const [, name, value] = /^(userName) eq "([^"]*)"$/.exec(new URLSearchParams(query).get('filter') ?? '') ?? [];
    if (name === undefined || value === undefined) return;
    const ids = new Set(found.map(({ id }) => id));
    for (const belief of this.#beliefs.certainly(name, value, reading)) {
      if (!ids.has(belief.id)) this.#beliefs.diverge(`${belief.name} is not found by ${name}; ${belief.told}`);
    }
  }

  #object({ method, path }: Sent, { status, text }: Answer, why: string): void {
    this.#beliefs.diverge(`${method} ${path} was answered ${status} ${text.slice(0, 200)}, ${why}`);
  }
}

/** A message in a few words, never with what is secret. */
function told({ method, late, body, node }: Sent, { status }: Answer, at: Moment): string {
  const { userName, displayName, active, members, Operations: operations } = parsed(body);
  const what = [
    userName ?? displayName ?? '',
    ...(active === undefined ? [] : [`active=${active}`]),
    ...(Array.isArray(members) ? [`${members.length} members`] : []),
    ...(Array.isArray(operations) ? [`${operations.length} operations`] : []),
    ...(node > 0 ? [`node ${node + 1}`] : []),
  ];
  return `${at} ${late ? 'late ' : ''}${method} ${what.join(' ')} → ${status}`;
}
