import { KeyedMutex } from '../../concurrency/keyed-mutex.ts';
import type { Change } from '../../scim/change.ts';
import { ScimError } from '../../scim/error.ts';
import type { Page, Query, Read } from '../../scim/query.ts';
import type { Attributes, Changed, Resource } from '../../scim/resource.ts';
import type { EntitlementType } from '../../scim/schema/entitlement.ts';
import { type ResourceType, type ResourceTypes, resourceTypes } from '../../scim/schema/resource-type.ts';
import type { Backend, Call, Capabilities, Catalogue, Gauge } from '../backend.ts';
import type { IntendedWrite, Settlement } from '../trail.ts';
import { type FailureContext, translated } from './directory/ldap-errors.ts';
import type { Directory } from './directory/session.ts';
import { catalogueOf } from './entitlements/catalogue-of.ts';
import { GroupKinds } from './entitlements/group-kinds.ts';
import { createGiven, givenWouldChange, modifyGiven } from './entitlements/writing-given.ts';
import { refuseUnfit } from './examination/schema-findings.ts';
import { proveBases } from './layout/bases.ts';
import type { Branch } from './layout/branch.ts';
import { glossaryOf } from './layout/glossary.ts';
import { keptSchema } from './layout/kept-schema.ts';
import { readTree } from './layout/read-tree.ts';
import { branchOf, type Tree } from './layout/tree.ts';
import { overruledAttributes, unmappedAttributes } from './layout/unmapped.ts';
import { ldapGauges } from './ldap-gauges.ts';
import { asKept } from './mapping/as-kept.ts';
import { createReader } from './reading/create-reader.ts';
import { getResource } from './reading/get-resource.ts';
import { listResources } from './reading/list-resources.ts';
import { walkResources } from './reading/walk-resources.ts';
import { settle } from './recording/settle.ts';
import type { LdapBackendOptions } from './settings/options.ts';
import { deleteEntry } from './writing/delete-entry.ts';
import { Reservations } from './writing/reservations.ts';
import type { Writer } from './writing/writer.ts';

/** Deadline of what nobody waits for with one of his own: opening and `ping`. Unit: ms. */
const OWN_DEADLINE = 20_000;

/** A directory that is open, with the kinds of entitlements that are groups in it. */
interface Open extends Writer {
  readonly kinds: GroupKinds;
}

/** People and groups in an LDAP directory. */
export class LdapBackend implements Backend {
  readonly #options: LdapBackendOptions;
  readonly #types: ResourceTypes;
  readonly #openDirectory: () => Promise<Directory>;
  #directory: Directory | undefined;
  #writer: Open | undefined;

  constructor(options: LdapBackendOptions, types: ResourceTypes, openDirectory: () => Promise<Directory>) {
    this.#options = options;
    this.#types = types;
    this.#openDirectory = openDirectory;
  }

  get capabilities(): Capabilities {
    return {
      types: this.#options.groups ? ['User', 'Group'] : ['User'],
      create: true,
      modify: true,
      delete: true,
      password: true,
      activation: this.#options.users.deactivate !== 'none',
      sort: true,
      incremental: true,
      versioning: this.#writer?.tree.asserts ? 'atomic' : 'guarded',
    };
  }

  /** What was found in the directory and chosen for it. @throws unavailable before `open` */
  get tree(): Tree {
    return this.#opened().tree;
  }

  async open(): Promise<void> {
    if (this.#writer) return;
    const directory = await this.#openDirectory();
    this.#directory = directory;
    try {
      this.#writer = await translated({ operation: 'read', type: 'User' }, () => this.#start(directory));
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  async #start(directory: Directory): Promise<Open> {
    const signal = AbortSignal.timeout(OWN_DEADLINE);
    const { tree, classes } = await readTree(directory, signal, this.#options, this.#types);
    await directory.read(signal, (session) => proveBases(session, tree));
    refuseUnfit(tree, classes);
    const kinds = await GroupKinds.open(directory, signal, tree, this.#options);
    const reader = await createReader(directory, signal, tree, this.#options, kinds);
    return { ...reader, kinds, mutex: new KeyedMutex(), reservations: new Reservations() };
  }

  async close(): Promise<void> {
    const directory = this.#directory;
    this.#directory = undefined;
    this.#writer = undefined;
    await directory?.close();
  }

  async ping(): Promise<void> {
    const { directory } = this.#opened();
    await translated({ operation: 'read', type: 'User' }, () => directory.rootDse(AbortSignal.timeout(OWN_DEADLINE)));
  }

  create(call: Call, type: ResourceType, attributes: Attributes, read?: Read): Promise<Resource> {
    return this.#run('create', type, {}, (writer, branch) =>
      createGiven(writer.kinds, writer, call, branch, attributes, read),
    );
  }

  get(call: Call, type: ResourceType, id: string, read?: Read): Promise<Resource> {
    return this.#run('read', type, { id }, (writer, branch) => getResource(writer, call, branch, id, read));
  }

  list(call: Call, type: ResourceType, query: Query): Promise<Page> {
    const { cursor } = query;
    return this.#run('read', type, {}, (writer, branch) =>
      cursor ? walkResources(writer, call, branch, { ...query, cursor }) : listResources(writer, call, branch, query),
    );
  }

  modify(
    call: Call,
    type: ResourceType,
    id: string,
    changes: readonly Change[],
    from?: Resource,
    read?: Read,
  ): Promise<Changed> {
    const isWhole = from?.attributes['members'] !== undefined;
    const order = { id, changes, version: from?.meta.version, isWhole, read };
    return this.#run('modify', type, { id }, (writer, branch) =>
      modifyGiven(writer.kinds, writer, call, branch, order),
    );
  }

  wouldChange(call: Call, type: ResourceType, id: string, changes: readonly Change[]): Promise<boolean> {
    return this.#run('read', type, { id }, (writer, branch) =>
      givenWouldChange(writer.kinds, writer, call, branch, id, changes),
    );
  }

  asKept(type: ResourceType, attributes: Attributes): Attributes {
    const { kinds } = this.#opened();
    return kinds.withGiven(asKept(branchOf(this.tree, type.name).table, kinds.withoutGiven(attributes)), attributes);
  }

  dropped(type: ResourceType, sent: Attributes): readonly string[] {
    const branch = branchOf(this.tree, type.name);
    const attributes = this.#opened().kinds.withoutGiven(sent);
    return [...unmappedAttributes(branch, attributes), ...overruledAttributes(branch, attributes)];
  }

  delete(call: Call, type: ResourceType, id: string, from?: Resource): Promise<void> {
    return this.#run('delete', type, { id }, (writer, branch) => deleteEntry(writer, call, branch, id, from));
  }

  kept(type: ResourceType): ResourceType {
    return keptSchema(branchOf(this.tree, type.name), type);
  }

  catalogue(type: EntitlementType): Catalogue {
    return catalogueOf(type, this.#options, () => this.#opened());
  }

  async settle({ proof }: IntendedWrite, signal: AbortSignal): Promise<Settlement> {
    const { directory, tree } = this.#opened();
    const look = () => directory.read(signal, (session) => settle(session, tree, proof));
    return translated({ operation: 'read', type: tree.users.type.name }, look);
  }

  gauges(): readonly Gauge[] {
    const standing = this.#directory?.standing;
    return standing ? ldapGauges(standing) : [];
  }

  /** One verb on the entries of a type, and its failures in the words of the contract. */
  async #run<T>(
    operation: FailureContext['operation'],
    type: ResourceType,
    about: Pick<FailureContext, 'id'>,
    verb: (writer: Open, branch: Branch) => Promise<T>,
  ): Promise<T> {
    const writer = this.#opened();
    const { tree } = writer;
    const branch = branchOf(tree, type.name);
    const glossary = glossaryOf(tree, branch);
    return translated({ operation, type: type.name, glossary, ...about }, () => verb(writer, branch));
  }

  #opened(): Open {
    if (!this.#writer)
      throw new ScimError('unavailable', 'the directory is not open', { fault: 'directory-unreachable' });
    return this.#writer;
  }
}

/** @param openDirectory  makes the connection; called once, by `open` */
export const createLdapBackend = (
  options: LdapBackendOptions,
  openDirectory: () => Promise<Directory>,
  types: ResourceTypes = resourceTypes(),
): LdapBackend => new LdapBackend(options, types, openDirectory);
