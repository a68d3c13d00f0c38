import { ACTIVE_DIRECTORY } from '../directory/oid.ts';
import type { RootDse } from '../directory/session.ts';
import { LDAP_DEFAULTS, type ProfileName } from '../settings/defaults.ts';
import type { LdapBackendOptions } from '../settings/options.ts';
import { hasValue, type Profile } from './profile.ts';
import { PROFILES } from './profiles.ts';

/** What kind of directory a root DSE describes (docs/directories.md, At a glance). */
function detectProfile(dse: RootDse): ProfileName {
  const text = (name: string): string => (dse.get(name) ?? []).join(' ').toLowerCase();
  if (hasValue(dse, 'supportedCapabilities', ACTIVE_DIRECTORY)) return 'active-directory';
  if (text('vendorname').includes('389 project')) return '389ds';
  if (text('objectclass').includes('openldaprootdse') || text('structuralobjectclass').includes('openldaprootdse')) {
    return 'openldap';
  }
  return 'generic';
}

/** The profile that is configured or found, with the operator's own id attribute. */
export function profileOf({ ldap }: LdapBackendOptions, dse: RootDse): Profile {
  const { profile = LDAP_DEFAULTS.profile, id_attribute } = ldap;
  const found = PROFILES[profile === 'auto' ? detectProfile(dse) : profile];
  if (id_attribute === undefined || id_attribute.toLowerCase() === found.id.attribute.toLowerCase()) return found;
  return { ...found, id: { attribute: id_attribute, format: 'text' } };
}
