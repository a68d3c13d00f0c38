import type { Directory } from '../directory/session.ts';
import type { Tree } from '../layout/tree.ts';
import { GroupGraph } from '../references/group-graph.ts';
import { KnownMembers } from '../references/known-members.ts';
import { believesMemberOf, memberOfRule } from '../references/member-of.ts';
import { ReferenceCache } from '../references/reference-cache.ts';
import { References } from '../references/references.ts';
import { LDAP_DEFAULTS } from '../settings/defaults.ts';
import type { LdapBackendOptions } from '../settings/options.ts';
import { Assembler, type Given } from './assembler.ts';
import { Caches } from './caches.ts';
import { EntryFinder } from './entry-finder.ts';
import { IdSnapshots, SNAPSHOT_LIMITS } from './id-snapshots.ts';
import { LookUps } from './look-ups.ts';
import type { Reader } from './reader.ts';

/** @param given  what people are given besides. @throws LdapFailure when a sample of `memberOf` cannot be taken */
export async function createReader(
  directory: Directory,
  signal: AbortSignal,
  tree: Tree,
  options: LdapBackendOptions,
  given?: Given,
): Promise<Reader> {
  const { reference_ttl: ttl, snapshot_ttl } = { ...LDAP_DEFAULTS, ...options.ldap };
  const memberOf = await believesMemberOf(directory, signal, tree, memberOfRule(options, tree));
  const cache = new ReferenceCache(tree, ttl);
  const references = new References(directory, tree, cache);
  const graph = new GroupGraph(directory, tree, references, cache, { ttl, memberOf });
  return {
    directory,
    tree,
    references,
    finder: new EntryFinder(tree, cache, memberOf),
    assembler: new Assembler(tree, references, graph, given),
    lookUps: new LookUps(),
    caches: new Caches(tree, {
      references: cache,
      groups: graph,
      members: new KnownMembers(ttl),
      lists: new IdSnapshots({ ...SNAPSHOT_LIMITS, ttl: snapshot_ttl }),
    }),
  };
}
