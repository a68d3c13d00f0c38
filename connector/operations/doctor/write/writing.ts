import { AgentCallFailed } from '../../../simulator/connection.ts';
import { type CustomValue, type Known, type Person, userPayload } from '../../../simulator/payload.ts';
import type { Patient } from '../patient.ts';
import type { Book, Entry } from './book.ts';
import { reservedName } from './reserved-names.ts';
import { nameOf, type Server } from './server.ts';
import { strongPassword } from './strong-password.ts';

/** Somebody whom this run has made, and how Okta knows them. */
export interface Made {
  readonly id: string;
  readonly person: Person;
  /** As the reply to its creation had it. */
  readonly reply: Known;
  readonly entry: Entry;
}

/** What steps have made, for later ones. */
export interface MadeSoFar {
  /** Active, with all attributes that have a place. */
  user?: Made;
  /** The same person as they were sent at first. */
  sent?: Person;
  /** Was pending at first. */
  second?: Made;
  group?: { readonly id: string; readonly entry: Entry; readonly displayName: string };
}

export interface WritingOptions {
  readonly patient: Patient;
  readonly server: Server;
  readonly book: Book;
  /** Where the e-mails of people who are made lead. Nobody gets mail in `example.invalid` (RFC 2606 §2). */
  readonly emailDomain?: string;
}

/** A value of each kind; `datetime` as a mapping of Okta's yields it. */
const VALUES: Readonly<Record<string, CustomValue>> = {
  string: 'doctor',
  boolean: true,
  integer: 7,
  decimal: 1.5,
  datetime: '2026-01-31T09:00:00Z',
  list: ['doctor', 'second'],
};

/** Replies after which nothing was made. A 409 may be about our own creation, which somebody between us repeated. */
const REFUSALS = [400, 401, 403, 404, 405, 413, 415, 422, 501];

const isRefusal = (error: unknown): boolean => error instanceof AgentCallFailed && REFUSALS.includes(error.status);

/** One run of `doctor --write`. All that it makes goes through here, and stands in the book before. */
export class Writing {
  readonly patient: Patient;
  readonly server: Server;
  readonly made: MadeSoFar = {};
  readonly #book: Book;
  readonly #domain: string;
  readonly #lost = new Set<string>();
  #isOver = false;
  #running: Promise<unknown> = Promise.resolve();

  constructor({ patient, server, book, emailDomain = 'example.invalid' }: WritingOptions) {
    this.patient = patient;
    this.server = server;
    this.#book = book;
    this.#domain = emailDomain;
  }

  /** A step at work, which may be given up by whoever waits for it, and goes on all the same. */
  occupied<T>(work: Promise<T>): Promise<T> {
    this.#running = Promise.allSettled([this.#running, work]);
    return work;
  }

  /** Nothing is made from now on. Resolves once nothing is under way any more. */
  async end(): Promise<void> {
    this.#isOver = true;
    await this.#running;
  }

  /** Reserved for what has this letter. Where people are known by their address, so is who is made. */
  userName(letter: string): string {
    const name = reservedName(this.#book.run, letter);
    const names = (this.patient.learnt.users ?? []).map(({ userName }) => String(userName));
    const withDomain = names.filter((one) => one.includes('@')).length;
    return withDomain > names.length / 2 ? `${name}@${this.#domain}` : name;
  }

  displayName(letter: string): string {
    return reservedName(this.#book.run, letter);
  }

  /** Somebody who has a value of each kind that the app declares. */
  person(letter: string, more: Partial<Person> = {}): Person {
    const address = `${reservedName(this.#book.run, letter)}@${this.#domain}`;
    const declared = this.patient.own?.app.users.custom ?? [];
    const custom = Object.fromEntries(declared.map(({ name, type }) => [name, VALUES[type] ?? 'doctor']));
    return this.#placed({
      userName: this.userName(letter),
      firstName: 'Doctor',
      lastName: `Trial ${letter}`,
      email: address,
      ...(this.offers('PUSH_PASSWORD_UPDATES') ? { password: strongPassword() } : {}),
      custom,
      ...more,
    });
  }

  /** These have no place at the server: that was told, and later steps do without them. */
  lose(names: readonly string[]): void {
    for (const name of names) this.#lost.add(name.replace(/\.type$/, ''));
    const { user } = this.made;
    if (user) this.made.user = { ...user, person: this.#placed(user.person) };
  }

  #placed({ secondEmail, mobilePhone, custom = {}, ...rest }: Person): Person {
    const kept = Object.entries(custom).filter(([name]) => !this.#lost.has(`custom.${name}`));
    return {
      ...rest,
      ...(secondEmail === undefined || this.#lost.has('emails.secondary') ? {} : { secondEmail }),
      ...(mobilePhone === undefined || this.#lost.has('phoneNumbers.mobile') ? {} : { mobilePhone }),
      custom: Object.fromEntries(kept),
    };
  }

  /** What Okta would offer: everything, where the server does not say (docs/okta-agent.md, Capabilities). */
  offers(capability: string): boolean {
    const { capabilities = [] } = this.patient.learnt;
    return capabilities.length === 0 || capabilities.includes(capability);
  }

  createUser(person: Person): Promise<Made> {
    return this.#createUser(person, () => this.patient.agent.createNewUser(person));
  }

  createPendingUser(person: Person): Promise<Made> {
    return this.#createUser(person, () => this.patient.agent.createPendingUser(person));
  }

  /** As if the reply to the first had been lost. */
  async createUserAgain({ id, person, entry }: Made): Promise<Known> {
    const asked = this.#book.planAgain(entry);
    let isUnanswered = false;
    try {
      return await this.patient.agent.createNewUser(person);
    } catch (error) {
      if (!(error instanceof AgentCallFailed) || ![409, ...REFUSALS].includes(error.status)) isUnanswered = true;
      throw error;
    } finally {
      if (!isUnanswered) this.#book.settle(asked, id);
    }
  }

  async createGroup(displayName: string): Promise<Known> {
    const create = (): Promise<Known> => this.patient.agent.createGroup({ displayName, members: [] });
    const { entry, reply } = await this.#create('Group', displayName, create);
    this.made.group = { id: reply.id, entry, displayName };
    return reply;
  }

  /** Says the new name to the book first. */
  async renameGroup(displayName: string, rename: (id: string) => Promise<void>): Promise<void> {
    const { group } = this.made;
    if (group === undefined || this.#isOver) return;
    const entry = this.#book.rename(group.entry, displayName);
    this.made.group = { ...group, entry, displayName };
    await rename(group.id);
  }

  /** Who has all that was sent, as Okta would say it. */
  payloadOf(person: Person, active: boolean): Readonly<Record<string, unknown>> {
    return userPayload(this.patient.own?.app.okta_app ?? 'onprem_app', person, active);
  }

  async #createUser(person: Person, create: () => Promise<Known>): Promise<Made> {
    const { reply, entry } = await this.#create('User', person.userName, create);
    return { id: reply.id, person, reply, entry };
  }

  async #create(
    type: Entry['type'],
    name: string,
    create: () => Promise<Known>,
  ): Promise<{ readonly entry: Entry; readonly reply: Known }> {
    if (this.#isOver) throw new Error('the examination is over');
    const entry = this.#book.plan(type, name);
    try {
      const reply = await create();
      // A server may make another name of it, which is ours as well as long as ours is in it.
      const given = String(nameOf(type, reply));
      const isOther = given.toLowerCase() !== name.toLowerCase() && given.toLowerCase().includes(name.toLowerCase());
      return { entry: this.#book.settle(entry, reply.id, isOther ? given : undefined), reply };
    } catch (error) {
      if (isRefusal(error)) this.#book.strike(entry);
      throw error;
    }
  }
}
