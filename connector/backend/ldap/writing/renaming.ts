import type { Attributes } from '../../../scim/resource.ts';
import { fold } from '../../../scim/text.ts';
import { parentOf } from '../directory/dn.ts';
import type { Entry } from '../directory/session.ts';
import type { Work } from '../layout/work.ts';
import type { RdnChange } from '../mapping/entry-difference.ts';
import { chooseOne, giveBack } from './free-values.ts';
import { choice, nameSlot } from './generator-slots.ts';
import type { Writer } from './writer.ts';

/** What the RDN template says another thing of than before; a name that has to be free is looked for. */
export async function renaming(
  writer: Writer,
  work: Work,
  entry: Entry,
  before: Attributes,
  wanted: Attributes,
): Promise<RdnChange | undefined> {
  const { attribute, value } = work.branch.rdn;
  const slot = nameSlot(work.branch);
  const named = (attributes: Attributes): string | undefined => {
    const text = slot ? choice(writer.tree, slot, attributes, 1) : value.render(attributes);
    return text === '' ? undefined : text;
  };
  const [was, is] = [named(before), named(wanted)];
  if (is === undefined || is === was || slot?.generator.kind === 'next') return undefined;
  if (!slot || (was !== undefined && fold(was) === fold(is))) return { attribute, was, is };
  const parent = parentOf(entry.dn);
  const chosen = await chooseOne(writer, work, slot, { attributes: wanted, parent, refused: new Set() });
  giveBack(writer, [chosen]);
  return { attribute, was, is: chosen.value };
}
