import type { Complaint } from '../../../config/vocabulary/complaint.ts';
import type { LdapApp } from './options.ts';

/** What is wrong between the settings of one app's kinds of entitlements. */
export function* entitlementComplaints({ name: app, entitlements }: LdapApp): Generator<Complaint> {
  for (const { name, base, attribute, filter, list } of entitlements) {
    const at = (...key: readonly string[]): readonly string[] => ['apps', app, 'entitlements', name, ...key];
    if (base === undefined && attribute === undefined)
      yield {
        path: at(),
        text: 'a directory has no place for it; give it the base of its groups, or the attribute of a person that holds it',
      };
    if (base !== undefined && attribute !== undefined)
      yield { path: at('attribute'), text: 'the groups below base say already who has what; leave one of them out' };
    if (base !== undefined && list !== undefined)
      yield { path: at('list'), text: 'the groups below base are the entitlements; leave one of them out' };
    if (filter !== undefined && base === undefined) yield { path: at('filter'), text: 'has no effect without a base' };
  }
}
