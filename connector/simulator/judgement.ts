import type { Answer } from './http-client.ts';
import { GROUP_EXTENSION, isObject, type Payload } from './payload.ts';
import { SCIM11 } from './speech/scim-11.ts';
import type { Report, Speech } from './speech/speech.ts';

export type { Report };
export { isObject };

const NAME_KEYS = 'formatted familyName givenName middleName honorificPrefix honorificSuffix'.split(' ');
const USER_URN = /^urn:okta:[^:]+:1\.0:user(:[^:]+)?$/;
const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

function judgeKeys(object: Payload, known: readonly string[], where: string, report: Report): void {
  for (const key of Object.keys(object)) {
    if (!known.includes(key)) report(`${where} has the key "${key}", which newer parsers refuse`);
  }
}

function judgeNulls(value: unknown, where: string, report: Report): void {
  if (value === null) report(`${where} is null, which older parsers read as the text "null"`);
  if (typeof value !== 'object' || value === null) return;
  for (const [key, part] of Object.entries(value)) judgeNulls(part, `${where}.${key}`, report);
}

/** `schemas` is what tells the parser which blocks to read. */
function judgeSchemas(
  resource: Payload,
  core: string,
  accepted: (urn: string) => boolean,
  where: string,
  report: Report,
): void {
  const { schemas } = resource;
  if (!Array.isArray(schemas) || !schemas.every((urn) => typeof urn === 'string')) {
    report(`${where}.schemas is no list of URNs, without which the resource is unusable`);
    return;
  }
  if (!schemas.includes(core)) report(`${where}.schemas lacks ${core}`);
  for (const urn of schemas) {
    if (urn === core) continue;
    if (!accepted(urn)) report(`${where}.schemas names ${urn}, which Okta does not know`);
    if (resource[urn] === undefined) report(`${where}.schemas names ${urn}, but there is no such block`);
  }
  for (const urn of Object.keys(resource).filter((key) => key.startsWith('urn:'))) {
    if (!schemas.includes(urn)) report(`${where}.schemas lacks ${urn}, so its block is not read`);
    if (!isObject(resource[urn])) report(`${where} has ${urn}, which is no object`);
  }
}

function judgeText(object: Payload, key: string, where: string, report: Report): void {
  if (typeof object[key] !== 'string' || object[key] === '') report(`${where}.${key} is no text`);
}

function judgeMeta({ meta }: Payload, { keys }: Speech, where: string, report: Report): void {
  if (!isObject(meta)) {
    report(`${where}.meta is missing`);
    return;
  }
  judgeKeys(meta, keys.meta, `${where}.meta`, report);
  for (const key of keys.meta.filter((name) => name === 'resourceType')) judgeText(meta, key, `${where}.meta`, report);
  for (const key of ['created', 'lastModified']) {
    if (!DATE_TIME.test(String(meta[key]))) report(`${where}.meta.${key} is no xsd:dateTime`);
  }
}

function judgePlural(resource: Payload, name: string, { keys }: Speech, where: string, report: Report): void {
  const values = resource[name];
  if (values === undefined) return;
  if (!Array.isArray(values)) {
    report(`${where}.${name} is no list`);
    return;
  }
  for (const [i, value] of values.entries()) {
    const at = `${where}.${name}[${i}]`;
    if (!isObject(value)) {
      report(`${at} is no object`);
      continue;
    }
    judgeKeys(value, keys.value, at, report);
    judgeText(value, 'value', at, report);
    if (value['primary'] !== undefined && typeof value['primary'] !== 'boolean') {
      report(`${at}.primary is no boolean`);
    }
  }
}

const coreKeys = (resource: Payload): Payload =>
  Object.fromEntries(Object.entries(resource).filter(([key]) => !key.startsWith('urn:')));

export function judgeUser(user: Payload, where: string, report: Report, speech: Speech = SCIM11): void {
  const { urns, keys } = speech;
  judgeNulls(user, where, report);
  judgeKeys(coreKeys(user), keys.user, where, report);
  // In 2.0 extensions are learnt from /Schemas, whatever they are called.
  const isLearnt = speech.version === '2.0';
  judgeSchemas(user, urns.user, (urn) => isLearnt || urn === urns.enterprise || USER_URN.test(urn), where, report);
  judgeText(user, 'id', where, report);
  judgeText(user, 'userName', where, report);
  judgeMeta(user, speech, where, report);
  if (typeof user['active'] !== 'boolean') report(`${where}.active is no boolean`);
  if ('password' in user) report(`${where} shows a password`);
  const { name } = user;
  if (isObject(name)) judgeKeys(name, NAME_KEYS, `${where}.name`, report);
  else if (name !== undefined) report(`${where}.name is no object`);
  for (const plural of ['emails', 'phoneNumbers', 'groups']) judgePlural(user, plural, speech, where, report);
}

export function judgeGroup(group: Payload, where: string, report: Report, speech: Speech = SCIM11): void {
  const { urns, keys } = speech;
  judgeNulls(group, where, report);
  judgeKeys(coreKeys(group), keys.group, where, report);
  judgeSchemas(group, urns.group, (urn) => urn === GROUP_EXTENSION, where, report);
  judgeText(group, 'id', where, report);
  judgeText(group, 'displayName', where, report);
  judgeMeta(group, speech, where, report);
  if (group['members'] === undefined) {
    report(`${where}.members is missing: the next change of membership is made from it and would empty the group`);
  }
  judgePlural(group, 'members', speech, where, report);
}

/** What the agent asked for, to be compared with what came. */
export interface Asked {
  readonly startIndex: number;
  readonly count: number;
}

/** A page: integers, all that was asked for, never less (docs/okta-agent.md, Paging). */
export function judgeList(list: Payload, { startIndex, count }: Asked, report: Report, { urns } = SCIM11): void {
  for (const key of ['totalResults', 'startIndex', 'itemsPerPage']) {
    if (!Number.isInteger(list[key])) report(`the list's ${key} is no JSON integer`);
  }
  if (!Array.isArray(list['schemas']) || !list['schemas'].includes(urns.list))
    report(`the list's schemas lack ${urns.list}`);
  const { Resources: resources, totalResults: total } = list;
  if (!Array.isArray(resources)) {
    report('the list has no Resources: Okta says "No results for users returned"');
    return;
  }
  if (list['itemsPerPage'] !== resources.length) {
    report(`itemsPerPage is ${list['itemsPerPage']} with ${resources.length} Resources`);
  }
  if (list['startIndex'] !== startIndex) report(`startIndex is ${list['startIndex']}, asked for was ${startIndex}`);
  const due = Math.max(0, Math.min(count, Number(total) - startIndex + 1));
  if (resources.length !== due) {
    report(`${resources.length} Resources came where ${due} were due: who advances by ${count} loses the rest`);
  }
}

/** What the admin reads in Okta's task is the raw body (docs/okta-agent.md, Errors): one short line, no secrets. */
export function judgeError({ status, text, headers }: Answer, report: Report, speech: Speech = SCIM11): void {
  if (text.length > 1000) report(`the error text of a ${status} has ${text.length} characters`);
  if (/[\r\n]/.test(text)) report(`the error text of a ${status} has several lines`);
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    report(`the error text of a ${status} is no JSON but ${headers['content-type'] ?? 'of no type'}`);
    return;
  }
  speech.judgeErrorBody(isObject(body) ? body : {}, status, report);
}

const sameElements = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/**
 * With "Accept user updates" Okta takes its profile from the reply, so it must hold what was sent (docs/okta-agent.md,
 * Settings in Okta).
 */
export function judgeEcho(sent: Payload, user: Payload, report: Report): void {
  for (const [key, value] of Object.entries(sent)) {
    // Read-only, secret, or told by what the resource holds.
    if (['schemas', 'id', 'password', 'groups', 'meta'].includes(key)) continue;
    const stored = user[key];
    const parts = isObject(value) ? Object.entries(value) : [];
    const kept = parts.length
      ? isObject(stored) && parts.every(([part, v]) => sameElements(stored[part], v))
      : Array.isArray(value)
        ? sameElements(valuesOf(stored), valuesOf(value))
        : stored === value;
    if (!kept) report(`${key} was sent as ${JSON.stringify(value)} and came back as ${JSON.stringify(stored)}`);
  }
}

/** A plural attribute has no order. */
const valuesOf = (list: unknown): string[] =>
  Array.isArray(list) ? list.map((item) => `${isObject(item) ? item['value'] : item}`).sort() : [];
