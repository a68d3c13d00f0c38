import type { Json } from '../../protocol/json.ts';
import { ScimError } from '../../scim/error.ts';
import { isComplex } from '../../scim/resource.ts';
import type { ResourceType } from '../../scim/schema/resource-type.ts';
import { Examples, type Found } from './examples.ts';
import type { Fingerprints } from './fingerprints.ts';
import type { Served } from './served-pages.ts';

/** Members that may be groups which come later, or people who came meanwhile. */
const MOST_OPEN = 10_000;

interface Open {
  readonly id: string;
  readonly member: string;
  readonly group: string;
}

/** Looks for members of groups whom no list of the import held. */
export class DanglingMembers {
  readonly #known: Fingerprints;
  readonly #open: Open[] = [];
  #beyond = 0;
  memberships = 0;

  /** @param known  ids of users; those of groups come in */
  constructor(known: Fingerprints) {
    this.#known = known;
  }

  look(group: Json): void {
    const { id, displayName, members } = group as { id?: unknown; displayName?: unknown; members?: unknown };
    this.#known.add(String(id));
    for (const member of Array.isArray(members) ? members.filter(isComplex) : []) {
      this.memberships += 1;
      const value = String(member['value']);
      if (this.#known.has(value)) continue;
      if (this.#open.length < MOST_OPEN) this.#open.push({ id: String(id), member: value, group: String(displayName) });
      else this.#beyond += 1;
    }
  }

  /** Who has been made since the users were listed is asked for once more. @throws unavailable */
  async left({ service, call }: Served, types: readonly ResourceType[], most: number): Promise<Found> {
    const left = new Examples<'dangling'>(most);
    const found = new Map<string, boolean>();
    for (const { id, member, group } of this.#open) {
      if (this.#known.has(member)) continue;
      const isThere = found.get(member) ?? (await isFound(member));
      found.set(member, isThere);
      if (!isThere) left.add('dangling', { id, name: group, text: `its member ${member} is nobody Okta is shown` });
    }
    const { count, examples } = left.of('dangling');
    return { count: count + this.#beyond, examples };

    async function isFound(id: string): Promise<boolean> {
      for (const type of types)
        try {
          await service.get(call(), type, id, { without: ['groups', 'members'] });
          return true;
        } catch (error) {
          if (!(error instanceof ScimError) || error.reason !== 'notFound') throw error;
        }
      return false;
    }
  }
}
