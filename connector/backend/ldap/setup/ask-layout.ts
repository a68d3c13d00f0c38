import type { ResourceTypes } from '../../../scim/schema/resource-type.ts';
import type { Interviewer } from '../../module/interview.ts';
import { parseFilterText } from '../directory/filter.ts';
import type { Directory } from '../directory/session.ts';
import type { LdapApp } from '../settings/options.ts';
import { askDeactivation } from './ask-deactivation.ts';
import { askPlace } from './ask-place.ts';
import { draftedApp } from './drafted-app.ts';
import { type Inspection, inspected } from './inspection.ts';
import type { Layout } from './layout.ts';
import { chosenText, layoutLines } from './layout-lines.ts';

interface Circumstances {
  readonly directory: Directory;
  readonly app: LdapApp;
  readonly types: ResourceTypes;
  readonly account: string;
  readonly interviewer: Interviewer;
}

const peoplePlace = async (layout: Layout, { directory, app, interviewer }: Circumstances): Promise<Layout> => {
  const filter = parseFilterText(app.users.filter ?? layout.profile.users.filter, 'users.filter');
  const question = { text: 'Where do people live?', places: layout.people, filter };
  return { ...layout, people: await askPlace(directory, question, interviewer) };
};

const groupsPlace = async (layout: Layout, { directory, interviewer }: Circumstances): Promise<Layout> => {
  const filter = parseFilterText(layout.groupKind.filter ?? layout.profile.groups.filter, 'groups.filter');
  const question = { text: 'Where do groups live?', places: layout.groups, filter, none: 'no groups are kept' };
  return { ...layout, groups: await askPlace(directory, question, interviewer) };
};

function tell(layout: Layout, inspection: Inspection, { say, refuse }: Interviewer): void {
  const { findings, tree } = inspection;
  if (tree) say(`✓ ${chosenText(layout, inspection)}`);
  for (const { status, text } of findings) {
    if (status === 'failed') refuse(text);
    else say(`${status === 'ok' ? '✓' : '!'} ${text}`);
  }
}

/** Undefined: another account is wanted. */
export async function askLayout(proposed: Layout, circumstances: Circumstances): Promise<Layout | undefined> {
  const { directory, app, types, account, interviewer } = circumstances;
  let layout = proposed.people.length === 0 ? await peoplePlace(proposed, circumstances) : proposed;
  for (;;) {
    const subject = { app: draftedApp(app, layout), types, account };
    interviewer.say('Trying what the account may do …');
    const inspection = await inspected(directory, interviewer.signal, subject);
    tell(layout, inspection, interviewer);
    const item = await interviewer.choose({ text: 'Does this fit?', choices: layoutLines(layout, inspection) });
    if (item === 'accept') return layout;
    if (item === 'account') return undefined;
    if (item === 'people') layout = await peoplePlace(layout, circumstances);
    if (item === 'groups') layout = await groupsPlace(layout, circumstances);
    if (item === 'deactivate') layout = { ...layout, deactivate: await askDeactivation(layout, interviewer) };
    if (item === 'rule') interviewer.say(inspection.rule ?? '');
  }
}
