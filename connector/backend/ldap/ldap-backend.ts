import { KeyedMutex } from '../../concurrency/keyed-mutex.ts';
import type { Change } from '../../scim/change.ts';
import { ScimError, shown } from '../../scim/error.ts';
import type { Page, Query, Read } from '../../scim/query.ts';
import type { Attributes, Resource } from '../../scim/resource.ts';
import { type ResourceType, type ResourceTypes, resourceTypes } from '../../scim/schema/resource-type.ts';
import type { Backend, Call, Capabilities } from '../backend.ts';
import { type FailureContext, translated } from './directory/ldap-errors.ts';
import type { Directory } from './directory/session.ts';
import { refuseUnfit, schemaFindings } from './examination/schema-findings.ts';
import { proveBases } from './layout/bases.ts';
import { readTree } from './layout/read-tree.ts';
import { type Branch, branchOf, type Tree } from './layout/tree.ts';
import { unplaced } from './layout/unmapped.ts';
import { Assembler } from './reading/assemble.ts';
import { EntryFinder } from './reading/entry-finder.ts';
import { IdSnapshots, SNAPSHOT_LIMITS } from './reading/id-snapshots.ts';
import { Lister } from './reading/lister.ts';
import { GroupGraph } from './references/group-graph.ts';
import { KnownMembers } from './references/known-members.ts';
import { memberOfIsComplete } from './references/member-of.ts';
import { References } from './references/references.ts';
import { LDAP_DEFAULTS } from './settings/defaults.ts';
import type { LdapBackendOptions } from './settings/options.ts';
import { createEntry } from './writing/create-entry.ts';
import { deleteEntry } from './writing/delete-entry.ts';
import { groupToChange, showGroup } from './writing/group-to-change.ts';
import { modifyEntry } from './writing/modify-entry.ts';
import { newName } from './writing/uniqueness.ts';
import { wouldChange } from './writing/would-change.ts';
import type { WriteContext } from './writing/write-context.ts';

/** Deadline of what nobody waits for with one of his own: opening and `ping`. Unit: ms. */
const OWN_DEADLINE = 20_000;

interface Running {
  readonly parts: WriteContext;
  readonly lister: Lister;
}

/** People and groups in an LDAP directory. */
export class LdapBackend implements Backend {
  readonly #options: LdapBackendOptions;
  readonly #types: ResourceTypes;
  readonly #openDirectory: () => Promise<Directory>;
  #directory: Directory | undefined;
  #running: Running | undefined;

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
      // LDAP has no compare-and-swap that every server knows (RFC 4528 is OpenLDAP's alone).
      versioning: 'advisory',
    };
  }

  /** What was found in the directory and chosen for it. @throws unavailable before `open` */
  get tree(): Tree {
    return this.#open().parts.tree;
  }

  async open(): Promise<void> {
    if (this.#running) return;
    const directory = await this.#openDirectory();
    this.#directory = directory;
    try {
      await translated({ operation: 'read', type: 'User' }, () => this.#start(directory));
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  async #start(directory: Directory): Promise<void> {
    const signal = AbortSignal.timeout(OWN_DEADLINE);
    const { tree, classes } = await readTree(directory, signal, this.#options, this.#types);
    await directory.read(signal, (session) => proveBases(session, tree));
    refuseUnfit(schemaFindings(tree, classes));
    const { member_of, reference_ttl: ttl, snapshot_ttl } = { ...LDAP_DEFAULTS, ...this.#options.ldap };
    const references = new References(directory, tree, ttl);
    const memberOf =
      member_of === 'always' ||
      (member_of === 'auto' &&
        (tree.profile.memberOf === 'complete' ||
          (tree.profile.memberOf === 'sample' && (await memberOfIsComplete(directory, signal, tree)))));
    const graph = new GroupGraph(directory, tree, references, { ttl, memberOf });
    const finder = new EntryFinder(tree, references, graph.memberOf);
    const assembler = new Assembler(tree, references, graph);
    const parts: WriteContext = {
      directory,
      tree,
      references,
      finder,
      assembler,
      graph,
      known: new KnownMembers(ttl),
      mutex: new KeyedMutex(),
    };
    const snapshots = new IdSnapshots({ ...SNAPSHOT_LIMITS, ttl: snapshot_ttl });
    this.#running = { parts, lister: new Lister({ ...parts, snapshots }) };
  }

  async close(): Promise<void> {
    const directory = this.#directory;
    this.#directory = undefined;
    this.#running = undefined;
    await directory?.close();
  }

  async ping(): Promise<void> {
    const { directory } = this.#open().parts;
    await translated({ operation: 'read', type: 'User' }, () => directory.rootDse(AbortSignal.timeout(OWN_DEADLINE)));
  }

  create(call: Call, type: ResourceType, attributes: Attributes): Promise<Resource> {
    return this.#run('create', type, { name: attributes[type.naturalKey] }, ({ parts, lister }, branch) => {
      lister.forgetTotals();
      return createEntry(parts, call, branch, attributes);
    });
  }

  get(call: Call, type: ResourceType, id: string, read: Read = {}): Promise<Resource> {
    return this.#run('read', type, { id }, ({ parts }, branch) =>
      parts.directory.read(call.signal, async (session) => {
        if (read.freshness === 'remembered' && type.hasMembers && !read.without?.includes('members')) {
          const group = await groupToChange(parts, call, session, branch, id, true);
          return showGroup(parts, call, session, branch, group.entry, group.elements);
        }
        const entry = await parts.finder.byId(session, branch, id, read.without);
        const [resource] = await parts.assembler.resources(call.signal, session, branch, [entry], read);
        return resource as Resource;
      }),
    );
  }

  list(call: Call, type: ResourceType, query: Query): Promise<Page> {
    return this.#run('read', type, {}, ({ lister }, branch) => lister.list(call, branch, query));
  }

  modify(call: Call, type: ResourceType, id: string, changes: readonly Change[], from?: Resource): Promise<Resource> {
    return this.#run('modify', type, { id, name: newName(type, changes) }, ({ parts, lister }, branch) => {
      lister.forgetTotals();
      return modifyEntry(parts, call, branch, id, changes, from?.meta.version);
    });
  }

  wouldChange(call: Call, type: ResourceType, id: string, changes: readonly Change[]): Promise<boolean> {
    return this.#run('read', type, { id }, ({ parts }, branch) => wouldChange(parts, call, branch, id, changes));
  }

  dropped(type: ResourceType, attributes: Attributes): readonly string[] {
    return unplaced(branchOf(this.tree, type.name), attributes);
  }

  delete(call: Call, type: ResourceType, id: string, from?: Resource): Promise<void> {
    return this.#run('delete', type, { id }, ({ parts, lister }, branch) => {
      lister.forgetTotals();
      return deleteEntry(parts, call, branch, id, from?.meta.version);
    });
  }

  async #run<T>(
    operation: FailureContext['operation'],
    type: ResourceType,
    { name, ...about }: { readonly id?: string; readonly name?: unknown },
    work: (running: Running, branch: Branch) => Promise<T>,
  ): Promise<T> {
    const running = this.#open();
    const branch = branchOf(running.parts.tree, type.name);
    const named = name === undefined ? {} : { name: `${type.naturalKey} ${shown(String(name))}` };
    return translated({ operation, type: type.name, ...about, ...named }, () => work(running, branch));
  }

  #open(): Running {
    if (!this.#running) throw new ScimError('unavailable', 'the directory is not open');
    return this.#running;
  }
}

/** @param openDirectory  makes the connection; called once, by `open` */
export const createLdapBackend = (
  options: LdapBackendOptions,
  openDirectory: () => Promise<Directory>,
  types: ResourceTypes = resourceTypes(),
): LdapBackend => new LdapBackend(options, types, openDirectory);
