import { ENTERPRISE_SCHEMA } from '../../scim/schema/names.ts';
import type { ResourceType } from '../../scim/schema/resource-type.ts';
import { OperationError } from '../operation-error.ts';
import { unknownColumns } from '../transfer/columns.ts';

/** Where the agent puts what it sends of everybody (docs/okta-agent.md, Users), under Okta's names and people's. */
const BASE: Readonly<Record<string, string>> = {
  login: 'userName',
  username: 'userName',
  oktausername: 'userName',
  email: 'emails.primary',
  primaryemail: 'emails.primary',
  emailaddress: 'emails.primary',
  mail: 'emails.primary',
  secondemail: 'emails.secondary',
  secondaryemail: 'emails.secondary',
  firstname: 'name.givenName',
  givenname: 'name.givenName',
  lastname: 'name.familyName',
  familyname: 'name.familyName',
  surname: 'name.familyName',
  mobilephone: 'phoneNumbers.mobile',
  mobile: 'phoneNumbers.mobile',
};

const enterprise = (name: string): string => `${ENTERPRISE_SCHEMA}:${name}`;

/** What it sends where somebody has mapped it in the Profile Editor. */
const MAPPED: Readonly<Record<string, string>> = {
  displayname: 'displayName',
  nickname: 'nickName',
  title: 'title',
  usertype: 'userType',
  preferredlanguage: 'preferredLanguage',
  locale: 'locale',
  timezone: 'timezone',
  profileurl: 'profileUrl',
  middlename: 'name.middleName',
  honorificprefix: 'name.honorificPrefix',
  honorificsuffix: 'name.honorificSuffix',
  employeenumber: enterprise('employeeNumber'),
  costcenter: enterprise('costCenter'),
  organization: enterprise('organization'),
  division: enterprise('division'),
  department: enterprise('department'),
};

const STATUS: ReadonlySet<string> = new Set(['status', 'userstatus', 'oktastatus']);

/** Okta's own, and what no push sets. */
const NOT_SENT = /^(id|externalId|active|password|passwordHash|type|schemas|groups|members|meta)(\.|$)/i;

/** What a column of the export is taken for. */
export interface OktaColumn {
  /** As it stands in the header. */
  readonly column: string;
  /** Where its value goes: a path, `status`, or nowhere. */
  readonly path?: string;
  /** `always`: the agent sends it by itself. `mapped`: only where it is mapped in the Profile Editor. */
  readonly sent?: 'always' | 'mapped' | 'status';
}

/** `Profile.login`, `First name` and `first_name` lose what people and tools put around a name. */
const bare = (column: string): string =>
  column
    .toLowerCase()
    .replace(/^(?:user\.|okta\.)?(?:profile|user|app)\./, '')
    .replaceAll(/[^\p{L}\p{N}]/gu, '');

function known(type: ResourceType, custom: string, column: string): OktaColumn {
  const name = bare(column);
  if (STATUS.has(name)) return { column, sent: 'status' };
  const base = BASE[name];
  if (base !== undefined) return { column, path: base, sent: 'always' };
  const [declared] = type.extensions.flatMap(({ urn, attributes }) =>
    urn === custom ? attributes.filter((one) => one.name.toLowerCase() === name) : [],
  );
  if (declared) return { column, path: `${custom}:${declared.name}`, sent: 'mapped' };
  const mapped = MAPPED[name];
  if (mapped !== undefined) return { column, path: mapped, sent: 'mapped' };
  const isPath =
    !NOT_SENT.test(column) && /[.:]|^\p{Ll}\w*$/u.test(column) && unknownColumns(type, [column]).length === 0;
  return isPath ? { column, path: column, sent: 'mapped' } : { column };
}

/**
 * What each column of an export of Okta's users is: by its name, or as `given` says.
 * @param given  paths by column; an empty one leaves it out
 * @param custom  URN of the app's custom attributes
 * @throws OperationError usage
 */
export function oktaColumns(
  type: ResourceType,
  custom: string,
  header: readonly string[],
  given: ReadonlyMap<string, string>,
): readonly OktaColumn[] {
  const absent = [...given.keys()].find((name) => !header.includes(name));
  if (absent !== undefined)
    throw new OperationError(
      'usage',
      `--columns: the header has no column ${JSON.stringify(absent)}; it has: ${header.join(', ')}`,
    );
  const columns = header.map((column): OktaColumn => {
    const path = given.get(column);
    if (path === undefined) return known(type, custom, column);
    if (path === '') return { column };
    const isKept = NOT_SENT.test(path) || unknownColumns(type, [path]).length > 0;
    if (isKept)
      throw new OperationError('usage', `--columns: ${path} is no attribute of ${type.name} that a push could set`);
    return { column, path, sent: 'mapped' };
  });
  const twice = columns.find(({ path }, i) => path !== undefined && columns.findIndex((one) => one.path === path) < i);
  if (twice)
    throw new OperationError(
      'usage',
      `the columns ${columns
        .filter(({ path }) => path === twice.path)
        .map(({ column }) => JSON.stringify(column))
        .join(' and ')} are both ${twice.path}; leave one out: --columns "${twice.column}="`,
    );
  return columns;
}
