import type { App } from '../config.ts';
import type { Complaint } from '../vocabulary/complaint.ts';

/** Endpoints that SCIM has itself. */
const TAKEN: ReadonlySet<string> = new Set([
  'users',
  'groups',
  'me',
  'bulk',
  'schemas',
  'resourcetypes',
  'serviceproviderconfig',
  'serviceproviderconfigs',
]);

/** Names that `/ResourceTypes` has itself. */
const NAMES: ReadonlySet<string> = new Set(['user', 'group']);

/** What is wrong between the kinds of entitlements of an app. */
export function* checkEntitlements({ name: app, entitlements }: App): Generator<Complaint> {
  const endpoints = new Map<string, string>();
  const names = new Set<string>();
  let role: string | undefined;
  for (const { name, kind, endpoint } of entitlements) {
    const at = (...key: readonly string[]): readonly string[] => ['apps', app, 'entitlements', name, ...key];
    const lower = endpoint.slice(1).toLowerCase();
    if (NAMES.has(name.toLowerCase())) {
      yield { path: at(), text: 'the name is taken by SCIM itself; choose another' };
      continue;
    }
    if (names.has(name.toLowerCase()))
      yield { path: at(), text: 'declared twice: upper and lower case are the same type' };
    names.add(name.toLowerCase());
    const other = endpoints.get(lower);
    if (TAKEN.has(lower)) yield { path: at('endpoint'), text: `${endpoint} is an endpoint of SCIM; choose another` };
    else if (other !== undefined)
      yield { path: at('endpoint'), text: `${endpoint} is the endpoint of ${other} too; choose another` };
    endpoints.set(lower, name);
    if (kind === 'role' && role !== undefined)
      yield {
        path: at('kind'),
        text: `${role} is of kind "role" already, and roles of people do not say their type; set kind = "entitlement"`,
      };
    if (kind === 'role') role ??= name;
  }
}
