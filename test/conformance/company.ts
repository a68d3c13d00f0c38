import type { Backend, Call } from '../../connector/backend/backend.ts';
import type { Filter } from '../../connector/scim/filter/ast.ts';
import { bindFilter } from '../../connector/scim/filter/bind.ts';
import type { Grammar } from '../../connector/scim/filter/grammar.ts';
import { parseFilter } from '../../connector/scim/filter/parse.ts';
import type { Resource } from '../../connector/scim/resource.ts';
import { ENTERPRISE_SCHEMA } from '../../connector/scim/schema/names.ts';
import type { BoundPath, ResourceType } from '../../connector/scim/schema/resource-type.ts';
import { Group, people, User } from './people.ts';

export const call: Call = { requestId: 'test', actor: 'suite', signal: new AbortController().signal };

export const everyone = { offset: 0, limit: 1_000_000 } as const;

export const compile = (type: ResourceType, text: string, grammar?: Grammar): Filter<BoundPath> =>
  bindFilter(type, parseFilter(text, grammar), '/');

export const nameOf = ({ attributes }: Resource): string => String(attributes['userName'] ?? attributes['displayName']);

export interface Company {
  readonly users: readonly Resource[];
  readonly groups: readonly Resource[];
  /** Fills `$0`, `$1` …, `$G` and `$V` in a filter of the corpus. */
  fill(text: string): string;
}

/** `people`, some with managers, in groups within groups, one of them a circle. */
export async function found(backend: Backend): Promise<Company> {
  const users: Resource[] = [];
  for (const [index, person] of people.entries()) {
    const boss = users[0];
    const managed = boss && index % 3 === 2;
    const block = { ...(person[ENTERPRISE_SCHEMA] as object), manager: { managerId: boss?.id ?? '' } };
    users.push(await backend.create(call, User, managed ? { ...person, [ENTERPRISE_SCHEMA]: block } : person));
  }
  const groups: Resource[] = [];
  const group = async (displayName: string, members: readonly (Resource | undefined)[], rest = {}): Promise<void> => {
    const values = members.map((member) => ({ value: member?.id ?? '' }));
    const some = values.length > 0 ? { members: values } : {};
    groups.push(await backend.create(call, Group, { displayName, ...some, ...rest }));
  };
  await group('Engineering', [users[0], users[2]], { 'urn:okta:custom:group:1.0': { level: 3 } });
  await group('Everybody', [groups[0], users[3], users[0]], {
    'urn:okta:custom:group:1.0': { description: 'All people', color: 'blue' },
  });
  await group('ärzte', [groups[1]], { externalId: 'G-3' });
  await group('Empty', []);
  await backend.modify(call, Group, groups[0]?.id ?? '', [
    { op: 'add', path: { attribute: 'members' }, values: [{ value: groups[2]?.id ?? '' }] },
  ]);
  const { version } = (await backend.get(call, User, users[0]?.id ?? '')).meta;
  const fill = (text: string): string =>
    text.replace(/\$(\d|G|V)(?=")/g, (_, which: string) =>
      String(which === 'V' ? version : which === 'G' ? groups[0]?.id : users[Number(which)]?.id),
    );
  return { users, groups, fill };
}
