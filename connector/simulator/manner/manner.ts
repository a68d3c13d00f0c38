import type { Known, Payload, Person, PushedGroup, Reference } from '../payload.ts';
import type { Speech } from '../speech/speech.ts';

/** How a change is sent. */
export interface Change {
  readonly method: 'PUT' | 'PATCH';
  readonly payload: Payload;
}

/** What a profile looks like after an update. */
export interface Update {
  readonly app: string;
  readonly id: string;
  readonly person: Person;
  readonly active: boolean;
  /** What the client is about; who sends everything does so all the same. */
  readonly about: 'profile' | 'password' | 'activity';
  /** As it was read, by who reads first. */
  readonly current?: Known;
}

/** A membership before and after. */
export interface Regrouping {
  readonly id: string;
  readonly displayName: string;
  readonly before: readonly Reference[];
  readonly after: readonly Reference[];
}

/** How one client says what a company does: its version, and the forms of its bodies. */
export interface Manner {
  readonly name: string;
  readonly speech: Speech;
  /** Whether a user is read before each update. */
  readonly readsFirst: boolean;
  /** Reactivation is sent twice at once. */
  readonly repeatsReactivation: boolean;
  newUser(app: string, person: Person, active: boolean): Payload;
  newGroup(group: PushedGroup): Payload;
  update(update: Update): Change;
  /** The whole group: name, and members where there are any to tell of. */
  push(id: string, group: PushedGroup): Change;
  regroup(regrouping: Regrouping): Change;
}
