import { AgentCallFailed } from '../../../../simulator/connection.ts';
import { failed, ok, type Verdict, warning } from '../../step.ts';
import { lossesOf } from '../losses.ts';
import type { Made, Writing } from '../writing.ts';
import { type WritingStep, without } from '../writing-step.ts';

/** Fictitious (ITU and the North American plan keep 555-01xx free). */
const MOBILE = '+1 202 555 0143';

const whole = (writing: Writing) => {
  const plain = writing.person('a');
  return writing.person('a', { secondEmail: String(plain.email).replace('@', '.second@'), mobilePhone: MOBILE });
};

/** Where a lost attribute gets its place. */
export const placeOf = (writing: Writing): string => {
  const app = writing.patient.own?.app.name;
  return app === undefined
    ? 'let the server keep them, or do not map them in Okta'
    : `give them a place in [apps.${app}.users.map], or do not map them in Okta`;
};

const listed = (names: readonly string[]): string => names.join(', ');

/** Without what a server may have no place for, to go on with. */
async function createPlainly(writing: Writing, refusal: AgentCallFailed): Promise<Verdict> {
  const { password, ...plain } = writing.person('a', { custom: {} });
  const made = await writing.createUser(plain);
  writing.made.user = made;
  return failed({
    text: `refused with ${refusal.status}; with a name and one e-mail alone it was taken`,
    cause: `what the second e-mail, the mobile number, the password or a custom attribute holds is refused`,
    fix: 'read the reply below: it names the attribute',
    okta: refusal.message,
  });
}

export const createNewUser: WritingStep = {
  name: 'createNewUser',
  title: 'Create Users',
  needs: 'PUSH_NEW_USERS',
  run: async (writing) => {
    const person = whole(writing);
    const { agent } = writing.patient;
    if (await agent.checkUserExists('userName', person.userName))
      return warning(`${person.userName} is there already, and was not made by this run`, 'run it again');
    let made: Made;
    try {
      made = await writing.createUser(person);
    } catch (error) {
      if (error instanceof AgentCallFailed && error.status === 400) return createPlainly(writing, error);
      throw error;
    }
    writing.made.user = made;
    writing.made.sent = person;
    const lost = lossesOf(writing.payloadOf(person, true), made.reply);
    writing.lose(lost);
    if (lost.length === 0) return ok(`${person.userName} is ${made.id}; all that was sent came back`);
    return warning(`the reply lacks what was sent as ${listed(lost)}`, placeOf(writing));
  },
};

/** By a fresh reading: a reply may say what was asked for, and the store hold something else. */
export const importUserProfile: WritingStep = {
  name: 'importUserProfile',
  title: 'Create Users: what was kept',
  needs: 'IMPORT_PROFILE_UPDATES',
  run: async (writing) => {
    const { user, sent = user?.person } = writing.made;
    if (user === undefined || sent === undefined) return without('user to read');
    const found = await writing.patient.agent.importUserProfile(user.id);
    if (found === undefined) throw new Error(`the user that was just created, ${user.id}, is answered 404`);
    const lost = lossesOf(writing.payloadOf(sent, true), found);
    writing.lose(lost);
    if (lost.length > 0) return warning(`not kept: ${listed(lost)}`, placeOf(writing));
    return ok('a fresh reading has every attribute that was sent');
  },
};

export const checkUserExists: WritingStep = {
  name: 'checkUserExists',
  title: 'Assign: does the user exist?',
  needs: 'PUSH_NEW_USERS',
  run: async (writing) => {
    const { user } = writing.made;
    if (user === undefined) return without('user to look for');
    const { userName } = user.person;
    const found = await writing.patient.agent.checkUserExists('userName', userName);
    if (found?.id === user.id) return ok('found by userName, with the id that was given');
    throw new Error(
      found === undefined
        ? `${userName} was just created and is not found by userName: Okta would create it again`
        : `${userName} is found with the id ${found.id}, and was created with ${user.id}`,
    );
  },
};

/** Okta's reply was lost: it creates again, minutes later. */
export const createAgain: WritingStep = {
  name: 'createNewUser',
  title: 'Create Users: repeated',
  needs: 'PUSH_NEW_USERS',
  run: async (writing) => {
    const person = writing.person('c');
    const first = await writing.createUser(person);
    let told: string;
    try {
      const { id } = await writing.createUserAgain(first);
      told = id === first.id ? 'answered with the one that is there' : `answered with another id, ${id}`;
    } catch (error) {
      if (!(error instanceof AgentCallFailed) || error.status !== 409) throw error;
      told = 'answered 409: Okta shows a task that failed, and links the user when it is tried again';
    }
    const { length } = await writing.server.named('User', person.userName);
    if (length === 1) return ok(`there is one still; the second was ${told}`);
    throw new Error(`there are ${length} users named ${person.userName} after a creation was repeated; it was ${told}`);
  },
};

export const createPendingUser: WritingStep = {
  name: 'createPendingUser',
  title: 'Create Users: pending',
  needs: 'PUSH_PENDING_USERS',
  run: async (writing) => {
    const made = await writing.createPendingUser(writing.person('b'));
    writing.made.second = made;
    const found = await writing.patient.agent.importUserProfile(made.id);
    if (found?.['active'] === false) return ok('created, and may not sign in yet');
    throw new Error(`created as pending, and a fresh reading has active ${JSON.stringify(found?.['active'])}`);
  },
};

export const activateUser: WritingStep = {
  name: 'activateUser',
  title: 'Create Users: activated',
  needs: 'PUSH_PENDING_USERS',
  run: async (writing) => {
    const { second } = writing.made;
    if (second === undefined) return without('pending user');
    const isActive = await writing.patient.agent.activateUser(second.id, second.person);
    const found = await writing.patient.agent.importUserProfile(second.id);
    if (isActive && found?.['active'] === true) return ok('may sign in, and the reply says so');
    throw new Error(`a fresh reading has active ${JSON.stringify(found?.['active'])} after the activation`);
  },
};
