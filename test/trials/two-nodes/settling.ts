import type { GoingOn } from './going-on.ts';

const SCHEMAS = ['urn:scim:schemas:core:1.0'];
/** In one bulk request. */
const PART = 500;

const person = (userName: string): object => ({
  schemas: SCHEMAS,
  userName,
  name: { givenName: 'Given', familyName: userName },
  displayName: `Given ${userName}`,
  emails: [{ value: `${userName}@corp.example`, type: 'work', primary: true }],
  title: 'Engineer',
  active: true,
});

/** @returns ids by name of so many people, made through both connectors */
export async function settle(client: GoingOn, count: number): Promise<ReadonlyMap<string, string>> {
  const names = Array.from({ length: count }, (_, index) => `settled-${String(index).padStart(6, '0')}`);
  const ids = new Map<string, string>();
  for (let from = 0; from < count; from += PART) {
    const some = names.slice(from, from + PART);
    const Operations = some.map((userName) => ({
      ...{ method: 'POST', path: '/Users', bulkId: userName, data: person(userName) },
    }));
    const { status, text } = await client.attempt('POST', '/Bulk', { schemas: SCHEMAS, Operations });
    const done = JSON.parse(text) as { Operations?: { bulkId: string; location?: string }[] };
    for (const { bulkId, location } of done.Operations ?? []) {
      const id = location?.split('/').at(-1);
      if (id) ids.set(bulkId, id);
    }
    if (status !== 200 || ids.size !== from + some.length)
      throw new Error(`of ${count} people ${ids.size} could be made: ${text.slice(0, 500)}`);
    client.turn();
  }
  return ids;
}

/** @returns id @throws Error when it is refused */
export async function make(client: GoingOn, path: '/Users' | '/Groups', attributes: object): Promise<string> {
  const { status, text } = await client.attempt('POST', path, { schemas: SCHEMAS, ...attributes });
  if (status !== 201) throw new Error(`POST ${path} answered ${status}: ${text.slice(0, 300)}`);
  return (JSON.parse(text) as { id: string }).id;
}
