import { AgentCallFailed, type ConnectionOptions, OktaConnection, type TracedCall } from './connection.ts';
import { isObject, judgeEcho, judgeGroup, judgeUser } from './judgement.ts';
import { agent11 } from './manner/agent.ts';
import type { Change, Manner, Update } from './manner/manner.ts';
import { Pages } from './pages.ts';
import {
  changedSince,
  existenceFilter,
  type Known,
  type Payload,
  type Person,
  type PushedGroup,
  type Reference,
} from './payload.ts';

export interface OktaAgentOptions extends Omit<ConnectionOptions, 'speech'> {
  /** Who it is; the agent in SCIM 1.1 by default. */
  readonly manner?: Manner;
  /** The app's name in the URL of the admin's page. */
  readonly app?: string;
  /** What one page asks for, or what each import asks for; 200 on the wire (docs/okta-agent.md, Paging). */
  readonly pageSize?: number | (() => number);
}

/**
 * Speaks SCIM as Okta's Provisioning Agent was traced to (docs/okta-agent.md, Traffic), or as another client does, and
 * judges each reply as Okta would: what would go wrong there becomes a sentence in `findings`. Knows nothing of tests,
 * nor of the connector.
 */
export class OktaAgent {
  readonly #wire: OktaConnection;
  readonly #app: string;
  readonly #pages: Pages;
  readonly #manner: Manner;

  constructor({ app = 'onprem_app', pageSize = 200, manner = agent11, ...connection }: OktaAgentOptions) {
    this.#wire = new OktaConnection({ ...connection, speech: manner.speech });
    this.#manner = manner;
    this.#app = app;
    this.#pages = new Pages(this.#wire, pageSize);
  }

  get findings(): readonly string[] {
    return this.#wire.findings;
  }

  get trace(): readonly TracedCall[] {
    return this.#wire.trace;
  }

  close(): void {
    this.#wire.close();
  }

  /** On Test and on Save; never again. */
  async getImplementedUserManagementCapabilities(): Promise<readonly string[]> {
    const call = 'getImplementedUserManagementCapabilities';
    const config = await this.#wire.call(call, 'GET', this.#manner.speech.configuration);
    const block = config['urn:okta:schemas:scim:providerconfig:1.0'];
    const names: unknown = isObject(block) ? block['userManagementCapabilities'] : undefined;
    if (Array.isArray(names) && names.every((name) => typeof name === 'string')) return names;
    this.#wire.report(call)("Okta's block of capabilities is missing, so Okta would offer every one");
    return [];
  }

  /**
   * Before every create, link and reactivation.
   * @param second  another value, which Okta sends when the field is `email` and somebody has two addresses
   */
  async checkUserExists(field: string, value: string, second?: string): Promise<Known | undefined> {
    const filter = existenceFilter(field, second === undefined ? [value] : [value, second]);
    const { resources } = await this.#pages.page('checkUserExists', '/Users', 1, filter);
    if (resources.length > 1) {
      this.#wire.report('checkUserExists')(
        `${resources.length} users have the ${field} ${value}; Okta expects one at most`,
      );
    }
    return resources[0];
  }

  createNewUser(person: Person): Promise<Known> {
    return this.#createUser('createNewUser', person, true);
  }

  createPendingUser(person: Person): Promise<Known> {
    return this.#createUser('createPendingUser', person, false);
  }

  /** @param onPage  runs after each page */
  downloadUsers(onPage?: () => Promise<void>): Promise<readonly Known[]> {
    return this.#pages.download('downloadUsers', '/Users', undefined, onPage);
  }

  /** @param since  when the last import began */
  downloadChangedUsers(since: Date, onPage?: () => Promise<void>): Promise<readonly Known[]> {
    return this.#pages.download('downloadUsers', '/Users', changedSince(since), onPage);
  }

  /** `undefined` when nobody has the id: the tester reads 404 as "no user". */
  async importUserProfile(id: string): Promise<Known | undefined> {
    return this.#unlessMissing(async () => {
      const user = await this.#wire.call('importUserProfile', 'GET', userPath(id));
      this.#judge(judgeUser, 'importUserProfile', user);
      return this.#identified('importUserProfile', user, id);
    });
  }

  /** Okta takes the state of activity from the reply. */
  async activateUser(id: string, person: Person): Promise<boolean> {
    const user = await this.#update('activateUser', { id, person, active: true, about: 'activity' });
    if (!user) return true;
    if (user['active'] !== true)
      this.#wire.report('activateUser')(`active came back as ${JSON.stringify(user['active'])}`);
    return user['active'] === true;
  }

  /** The password comes along, 18 times of 19 (docs/okta-agent.md, Updates). */
  async deactivateUser(id: string, person: Person): Promise<void> {
    await this.#update('deactivateUser', { id, person, active: false, about: 'activity' });
  }

  /** The agent: two PUTs, overlapping. */
  async reactivateUser(id: string, person: Person): Promise<void> {
    const send = () => this.#update('reactivateUser', { id, person, active: true, about: 'activity' });
    await Promise.all(this.#manner.repeatsReactivation ? [send(), send()] : [send()]);
  }

  async pushPasswordUpdate(id: string, person: Person & { readonly password: string }): Promise<void> {
    await this.#update('pushPasswordUpdate', { id, person, active: true, about: 'password' });
  }

  /** Without the password, as half of the traced ones were. */
  async pushProfileUpdate(id: string, { password: _, ...person }: Person): Promise<void> {
    await this.#update('pushProfileUpdate', { id, person, active: true, about: 'profile' });
  }

  downloadGroups(onPage?: () => Promise<void>): Promise<readonly Known[]> {
    return this.#pages.download('downloadGroups', '/Groups', undefined, onPage);
  }

  /** With `groupDeltaSupported` (docs/okta-agent.md, Imports). */
  downloadChangedGroups(since: Date, onPage?: () => Promise<void>): Promise<readonly Known[]> {
    return this.#pages.download('downloadGroups', '/Groups', changedSince(since), onPage);
  }

  async getGroupById(id: string): Promise<Known | undefined> {
    return this.#unlessMissing(async () => {
      const group = await this.#wire.call('getGroupById', 'GET', groupPath(id));
      this.#judge(judgeGroup, 'getGroupById', group);
      return this.#identified('getGroupById', group, id);
    });
  }

  async createGroup(group: PushedGroup): Promise<Known> {
    const created = await this.#wire.call('createGroup', 'POST', '/Groups', this.#manner.newGroup(group));
    this.#judge(judgeGroup, 'createGroup', created);
    return this.#identified('createGroup', created);
  }

  async updateGroup(id: string, group: PushedGroup): Promise<void> {
    await this.#changeGroup(id, this.#manner.push(id, group));
  }

  async deleteGroup(id: string): Promise<void> {
    const { text } = await this.#wire.send('deleteGroup', 'DELETE', groupPath(id));
    if (text !== '') this.#wire.report('deleteGroup')('the reply has a body');
  }

  /** A change of membership: made from what the connector's own answer lists (docs/okta-agent.md, Groups). */
  async pushMembership(id: string, change: (members: readonly Reference[]) => readonly Reference[]): Promise<void> {
    const group = await this.getGroupById(id);
    if (!group) throw new AgentCallFailed('getGroupById', 404, '');
    const members = Array.isArray(group['members']) ? (group['members'] as readonly Reference[]) : [];
    const before = members.map(({ value, display }) => ({ value, display }));
    const displayName = String(group['displayName']);
    await this.#changeGroup(id, this.#manner.regroup({ id, displayName, before, after: change(before) }));
  }

  /** PATCH may be answered with nothing (RFC 7644 §3.5.2). */
  async #changeGroup(id: string, { method, payload }: Change): Promise<void> {
    const group = await this.#changed('updateGroup', method, groupPath(id), payload);
    if (group) this.#judge(judgeGroup, 'updateGroup', group);
  }

  async #changed(message: string, method: string, path: string, payload: Payload): Promise<Payload | undefined> {
    if (method !== 'PATCH') return this.#wire.call(message, method, path, payload);
    return this.#wire.callPerhaps(message, method, path, payload);
  }

  #judge(judge: typeof judgeUser, message: string, resource: Payload): void {
    const what = judge === judgeUser ? 'the user' : 'the group';
    judge(resource, what, this.#wire.report(message), this.#manner.speech);
  }

  async #createUser(message: string, person: Person, active: boolean): Promise<Known> {
    const payload = this.#manner.newUser(this.#app, person, active);
    const user = await this.#wire.call(message, 'POST', '/Users', payload);
    this.#judge(judgeUser, message, user);
    judgeEcho(payload, user, this.#wire.report(message));
    return this.#identified(message, user);
  }

  async #update(message: string, wanted: Omit<Update, 'app' | 'current'>): Promise<Known | undefined> {
    const { id } = wanted;
    const current = this.#manner.readsFirst ? await this.importUserProfile(id) : undefined;
    const { method, payload } = this.#manner.update({ ...wanted, app: this.#app, ...(current ? { current } : {}) });
    const user = await this.#changed(message, method, userPath(id), payload);
    if (!user) return undefined;
    this.#judge(judgeUser, message, user);
    if (method === 'PUT') judgeEcho(payload, user, this.#wire.report(message));
    return this.#identified(message, user, id);
  }

  #identified(message: string, resource: Payload, wanted?: string): Known {
    const { id } = resource;
    if (typeof id !== 'string') throw new AgentCallFailed(message, 200, 'the reply has no id');
    if (wanted !== undefined && id !== wanted) this.#wire.report(message)(`asked for ${wanted}, got ${id}`);
    return { ...resource, id };
  }

  async #unlessMissing<T>(call: () => Promise<T>): Promise<T | undefined> {
    try {
      return await call();
    } catch (error) {
      if (error instanceof AgentCallFailed && error.status === 404) return undefined;
      throw error;
    }
  }
}

const userPath = (id: string): string => `/Users/${encodeURIComponent(id)}`;
const groupPath = (id: string): string => `/Groups/${encodeURIComponent(id)}`;
