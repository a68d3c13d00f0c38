import { AgentCallFailed } from '../../../../simulator/connection.ts';
import { failed, ok, type Verdict, warning } from '../../step.ts';
import { lossesOf } from '../losses.ts';
import { strongPassword } from '../strong-password.ts';
import type { Made, Writing } from '../writing.ts';
import { type WritingStep, without } from '../writing-step.ts';

/** One attribute differs; those that Okta has not mapped are absent, and stay as they are. */
export const pushProfileUpdate: WritingStep = {
  name: 'pushProfileUpdate',
  title: 'Update User Attributes',
  needs: 'PUSH_PROFILE_UPDATES',
  run: async (writing) => {
    const { user } = writing.made;
    if (user === undefined) return without('user to change');
    const { agent, own } = writing.patient;
    const before = await agent.importUserProfile(user.id);
    const whole = { ...user.person, lastName: `${user.person.lastName} changed` };
    const { mobilePhone: _, custom: __, password: ___, ...changed } = whole;
    await agent.pushProfileUpdate(user.id, changed);
    writing.made.user = { ...user, person: whole };
    const found = await agent.importUserProfile(user.id);
    if (before === undefined || found === undefined) throw new Error(`${user.id} is answered 404 after the update`);
    const lost = lossesOf(writing.payloadOf(changed, true), found);
    const had = lossesOf(writing.payloadOf(user.person, true), before);
    const missed = lost.filter((name) => !had.includes(name) || name === 'name.familyName');
    if (missed.length > 0)
      throw new Error(`the update was answered with success, and a fresh reading lacks ${missed.join(', ')}`);
    const cleared = lossesOf(writing.payloadOf(whole, true), found).filter((name) => !had.includes(name));
    if (cleared.length === 0) return ok('one attribute was changed, and absent ones were kept');
    return warning(
      `an update without ${cleared.join(', ')} cleared them: Okta leaves out whatever it has not mapped`,
      own === undefined ? 'let a PUT keep what it does not name' : `put = "merge" in [apps.${own.app.name}]`,
    );
  },
};

const refusedPassword = (error: AgentCallFailed): Verdict =>
  failed({
    text: `a random password of ${strongPassword().length} characters was refused with ${error.status}`,
    cause: 'a password policy of the store, or a service account that may set no passwords',
    fix: 'ask whoever administers the store; what it said stands in the reply',
    okta: error.message.slice(0, 200),
  });

export const pushPasswordUpdate: WritingStep = {
  name: 'pushPasswordUpdate',
  title: 'Sync Password',
  needs: 'PUSH_PASSWORD_UPDATES',
  run: async (writing) => {
    const { user } = writing.made;
    if (user === undefined) return without('user who gets a password');
    const person = { ...user.person, password: strongPassword() };
    try {
      await writing.patient.agent.pushPasswordUpdate(user.id, person);
    } catch (error) {
      if (error instanceof AgentCallFailed && [400, 403, 409].includes(error.status)) return refusedPassword(error);
      throw error;
    }
    writing.made.user = { ...user, person };
    return ok('a random one was taken');
  },
};

const stateOf = async ({ patient }: Writing, { id }: Made): Promise<unknown> =>
  (await patient.agent.importUserProfile(id))?.['active'];

export const deactivateUser: WritingStep = {
  name: 'deactivateUser',
  title: 'Deactivate Users',
  needs: 'PUSH_USER_DEACTIVATION',
  run: async (writing) => {
    const { user } = writing.made;
    if (user === undefined) return without('user to deactivate');
    const { agent } = writing.patient;
    await agent.deactivateUser(user.id, user.person);
    const state = await stateOf(writing, user);
    if (state !== false)
      throw new Error(`the deactivation was answered with success, and a fresh reading has active ${state}`);
    const found = await agent.checkUserExists('userName', user.person.userName);
    if (found?.id === user.id) return ok('may not sign in, and is still found by userName');
    throw new Error('whoever is deactivated is not found by userName: Okta would create them again on return');
  },
};

/** Okta sends two PUTs that overlap (docs/okta-agent.md, Traffic). */
export const reactivateUser: WritingStep = {
  name: 'reactivateUser',
  title: 'Assign again: reactivated',
  needs: 'REACTIVATE_USERS',
  run: async (writing) => {
    const { user } = writing.made;
    if (user === undefined) return without('user to reactivate');
    await writing.patient.agent.reactivateUser(user.id, user.person);
    const state = await stateOf(writing, user);
    if (state === true) return ok('two overlapping updates, and the user may sign in again');
    throw new Error(`the reactivation was answered with success, and a fresh reading has active ${state}`);
  },
};
