import { type Finding, ok, warning } from '../../module/finding.ts';
import type { Tree } from '../layout/tree.ts';
import type { Subject } from './subject.ts';

const chosen = (set: boolean): string => (set ? 'configured' : 'chosen by itself');

/** What kind of directory it is taken for. */
export function profileFinding({ options }: Subject, { profile, passwords }: Tree): Finding {
  const set = options.ldap.profile !== undefined && options.ldap.profile !== 'auto';
  const how = {
    exop: 'Password Modify (RFC 3062)',
    modify: 'userPassword',
    unicodePwd: 'unicodePwd',
  }[passwords];
  return ok(`profile ${profile.name}, ${chosen(set)}; id ${profile.id.attribute}; passwords by ${how}`);
}

/** How people are deactivated. */
export function activationFinding({ options }: Subject, { activation }: Tree): Finding {
  const set = options.users.deactivate !== undefined;
  const why = set ? 'as configured' : 'chosen by itself: the directory has this switch';
  switch (activation.kind) {
    case 'none':
      return warning(
        'active: not offered (users.deactivate = "none"); Okta can create people and never deactivate them',
      );
    case 'account-control':
      return ok(`active: bit 2 of userAccountControl, ${why}`);
    case 'values': {
      const values = Object.entries(activation.inactive).map(([name, value]) => `${name}=${value}`);
      const policy = Object.keys(activation.inactive).some((name) => name.toLowerCase() === 'pwdaccountlockedtime');
      const caution =
        policy && !set
          ? '. It locks only where the ppolicy overlay is at work on this database; users.deactivate chooses another way'
          : '';
      return ok(`active: inactive people have ${values.join(', ')}, ${why}${caution}`);
    }
    case 'group':
      return ok(`active: inactive people are in ${activation.group}, ${why}`);
    case 'move':
      return ok(`active: inactive people are below ${activation.to}, ${why}`);
  }
}

/** How far `If-Match` goes (docs/directories.md, Lost updates). */
export const versionFinding = ({ asserts, profile: { version } }: Tree): Finding =>
  asserts
    ? ok(`If-Match: a stale version is always refused; the server compares ${version} itself`)
    : ok('If-Match: compared just before a write, which overwrites no value that somebody else wrote meanwhile');
