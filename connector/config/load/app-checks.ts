import { moduleNamed } from '../../backend/catalogue.ts';
import { typesOf } from '../../backend/module/app-settings.ts';
import { parsePath } from '../../scim/path.ts';
import { LEAST_PAGE } from '../../scim/profile.ts';
import type { CustomAttribute } from '../../scim/schema/custom.ts';
import { bindPath, type ResourceType } from '../../scim/schema/resource-type.ts';
import type { App, Config } from '../config.ts';
import type { Complaint } from '../vocabulary/complaint.ts';
import { checkEntitlements } from './entitlement-checks.ts';
import { checkIdle } from './idle-settings.ts';
import { suggestion } from './problem.ts';

/** Where it is served: below one root, a version each. */
const pathsOf = ({ path, versions }: App): readonly string[] =>
  versions.map((version) => path.toLowerCase().replace(/v[12]$/, version === '2.0' ? 'v2' : 'v1'));

const under = (outer: string, inner: string): boolean => inner === outer || inner.startsWith(`${outer}/`);

function* checkTogether(apps: readonly App[]): Generator<Complaint> {
  for (const [i, app] of apps.entries())
    for (const other of apps.slice(0, i)) {
      const theirs = pathsOf(other);
      if (pathsOf(app).some((a) => theirs.some((b) => under(a, b) || under(b, a))))
        yield {
          path: ['apps', app.name, 'path'],
          text: `${app.path} overlaps ${other.path} of the app ${other.name}; each app needs a path of its own`,
        };
    }
}

function* checkDialect({ name, dialect, strict, versions }: App): Generator<Complaint> {
  const path = ['apps', name, 'dialect'];
  if (strict && dialect !== 'strict')
    yield { path, text: `contradicts strict = true; leave strict out, or say dialect = "strict"` };
  if (dialect === 'profile' && !versions.includes('2.0'))
    yield { path, text: `is a profile of SCIM 2.0, and versions does not name "2.0"` };
  if (new Set(versions).size < versions.length)
    yield { path: ['apps', name, 'versions'], text: 'names a version twice' };
}

/** What an app cannot be set to that keeps to the interoperability profile, and why. */
function* checkProfile(
  { name, dialect, features, read_only, create_again_v2, require_if_match }: App,
  page: number,
): Generator<Complaint> {
  if (dialect !== 'profile') return;
  const complaint = (path: readonly string[], text: string): Complaint => ({ path: ['apps', name, ...path], text });
  const against = 'contradicts dialect = "profile"';
  if (!features.patch)
    yield complaint(['features', 'patch'], `${against}, whose clients change by PATCH alone; set true`);
  if (!features.filter) yield complaint(['features', 'filter'], `${against}, whose clients find by filters; set true`);
  if (read_only) yield complaint(['read_only'], `${against}, which wants people made and changed; set false`);
  if (create_again_v2 === 'accept')
    yield complaint(['create_again_v2'], `${against}: what is there already is 409; set "conflict"`);
  if (require_if_match)
    yield complaint(['require_if_match'], `${against}, whose clients need send no version; set false`);
  if (page < LEAST_PAGE)
    yield {
      path: ['server', 'page_limit'],
      text: `${against} of the app ${name}: pages of ${LEAST_PAGE} must be given; set at least ${LEAST_PAGE}`,
    };
}

const names = ({ attributes }: ResourceType): readonly string[] =>
  attributes.flatMap(({ name, subAttributes }) => [name, ...subAttributes.map((sub) => `${name}.${sub.name}`)]);

function clearable(types: readonly ResourceType[], text: string): string | undefined {
  const path = parsePath(text);
  const bound = path ? types.map((type) => bindPath(type, path)).filter((found) => found !== undefined) : [];
  if (bound.length === 0) return `${JSON.stringify(text)} is no attribute${suggestion(text, types.flatMap(names))}`;
  if (
    bound.every(({ attribute, sub }) => attribute.mutability !== 'readWrite' || (sub && sub.mutability !== 'readWrite'))
  )
    return `${JSON.stringify(text)} cannot be cleared: it is not both readable and writable; leave it out`;
  if (bound.every(({ attribute }) => attribute.required || attribute.name === 'active' || attribute.name === 'meta'))
    return `${JSON.stringify(text)} must never be cleared by absence; leave it out`;
  return undefined;
}

function* checkClearing(app: App): Generator<Complaint> {
  const path = ['apps', app.name, 'clear_when_absent'];
  if (app.clear_when_absent.length === 0) return;
  if (app.put === 'replace') yield { path, text: 'has no effect with put = "replace"', warning: true };
  const { User, Group } = typesOf(app);
  for (const text of app.clear_when_absent) {
    const complaint = clearable([User, Group], text);
    if (complaint !== undefined) yield { path, text: complaint };
  }
}

/** `groups` is Okta's own name (docs/okta-agent.md, Custom attributes); a group's `description` is always there. */
const RESERVED = { users: ['groups'], groups: ['description'] } as const;

function* checkCustom(app: App, table: 'users' | 'groups'): Generator<Complaint> {
  const seen = new Set<string>();
  for (const { name } of app[table].custom satisfies readonly CustomAttribute[]) {
    const path = ['apps', app.name, table, 'custom', name];
    const lower = name.toLowerCase();
    if (RESERVED[table].some((reserved) => reserved === lower))
      yield {
        path,
        text: `the name is reserved${table === 'groups' ? ': every group has it already' : ' by Okta'}; choose another`,
      };
    if (seen.has(lower)) yield { path, text: 'declared twice: upper and lower case are the same attribute' };
    seen.add(lower);
  }
}

const checkBackend = (app: App, before: readonly App[]): Iterable<Complaint> =>
  moduleNamed(app.backend).complaints(
    app,
    before.filter(({ backend }) => backend === app.backend),
  );

export function* checkApps({ apps, state_dir, server }: Config): Generator<Complaint> {
  yield* checkTogether(apps);
  for (const [i, app] of apps.entries()) {
    yield* checkDialect(app);
    yield* checkProfile(app, server.page_limit);
    yield* checkIdle(app, state_dir);
    yield* checkBackend(app, apps.slice(0, i));
    yield* checkClearing(app);
    yield* checkCustom(app, 'users');
    yield* checkCustom(app, 'groups');
    yield* checkEntitlements(app);
  }
}
