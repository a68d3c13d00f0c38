import { isObject, judgeGroup, judgeList, judgeUser } from '../../simulator/judgement.ts';
import { isKnown, type Known, type Payload } from '../../simulator/payload.ts';
import type { Speech } from '../../simulator/speech/speech.ts';
import { saidBy } from './diagnosis/refusal.ts';
import { isScim2, scim2Failure } from './diagnosis/scim-2.ts';
import { bodyFailure, type Shape, shapeFailure } from './diagnosis/shape-failure.ts';
import type { Patient } from './patient.ts';
import { StepFailed } from './step.ts';
import type { Reply } from './wire.ts';

export type Endpoint = '/Users' | '/Groups';

/** On the wire, also where a page says 100 (docs/okta-agent.md, Paging). */
export const PAGE = 200;

export interface Asked {
  /** Okta's name of the request. */
  readonly message: string;
  readonly endpoint: Endpoint;
  readonly filter?: string;
  /** Default: 1. */
  readonly startIndex?: number;
}

export interface Page {
  readonly reply: Reply;
  readonly total: number;
  readonly resources: readonly Known[];
  /** What is not as it should be, and Okta may live with. */
  readonly findings: readonly string[];
}

/** The same of many resources is said once. */
const alike = (finding: string): string => finding.replace(/Resources\[\d+\]/, 'Resources[…]');

function judged(
  speech: Speech,
  list: Payload,
  { endpoint, startIndex = 1 }: Asked,
  resources: readonly Payload[],
): readonly string[] {
  const findings = new Set<string>();
  const report = (finding: string): void => void findings.add(alike(finding));
  judgeList(list, { startIndex, count: PAGE }, report, speech);
  const judge = endpoint === '/Users' ? judgeUser : judgeGroup;
  for (const [i, resource] of resources.entries()) judge(resource, `Resources[${i}]`, report, speech);
  return [...findings];
}

const nameOf = (resource: Payload, i: number): string =>
  String(resource['id'] ?? resource['userName'] ?? resource['displayName'] ?? `Resources[${i}]`);

/** What Okta cannot live with, in one resource. */
function resourceShape(resource: Payload, endpoint: Endpoint): Shape | undefined {
  if (!isKnown(resource) || resource.id === '') return 'noId';
  if ('password' in resource) return 'password';
  if (endpoint === '/Users') return typeof resource['userName'] === 'string' ? undefined : 'noUserName';
  return resource['members'] === undefined || resource['members'] === null ? 'noMembers' : undefined;
}

function resourcesOf(reply: Reply, list: Payload, endpoint: Endpoint): readonly Payload[] {
  const { Resources: found } = list;
  if (!Array.isArray(found)) throw new StepFailed(shapeFailure(reply, 'noList', 'Resources is missing'));
  const resources = found.filter(isObject);
  for (const [i, resource] of resources.entries()) {
    const shape = resourceShape(resource, endpoint);
    if (shape !== undefined) throw new StepFailed(shapeFailure(reply, shape, nameOf(resource, i)));
  }
  return resources;
}

function checkNumbers(reply: Reply, list: Payload): void {
  for (const key of ['totalResults', 'startIndex', 'itemsPerPage'])
    if (typeof list[key] === 'string')
      throw new StepFailed(shapeFailure(reply, 'textForNumber', `${key} "${list[key]}"`));
  if (!Number.isInteger(list['totalResults'])) throw new StepFailed(shapeFailure(reply, 'noTotal'));
}

function checkCount(reply: Reply, total: number, got: number, startIndex: number): void {
  const due = Math.max(0, Math.min(PAGE, total - startIndex + 1));
  if (got === due) return;
  const said = `${got} came where ${due} were due: startIndex ${startIndex}, count ${PAGE}, totalResults ${total}`;
  throw new StepFailed(shapeFailure(reply, 'short', said));
}

/** One page, as the agent asks for it. @throws StepFailed, NoReply */
export async function pageOf({ wire, baseUrl, speech }: Patient, asked: Asked): Promise<Page> {
  const { message, endpoint, filter, startIndex = 1 } = asked;
  const query = filter === undefined ? '' : `filter=${encodeURIComponent(filter)}&`;
  const reply = await wire.ask(message, `${endpoint}?${query}startIndex=${startIndex}&count=${PAGE}`);
  if (reply.status === 404 && filter !== undefined)
    throw new StepFailed(shapeFailure(reply, 'notFound', `404 for nobody: ${saidBy(reply)}`));
  const failure = bodyFailure(reply);
  if (failure) throw new StepFailed(failure);
  if (speech.version === '1.1' && isScim2(reply) && isObject(reply.body))
    throw new StepFailed(scim2Failure(reply, baseUrl));
  if (!isObject(reply.body))
    throw new StepFailed(shapeFailure(reply, 'noList', JSON.stringify(reply.body).slice(0, 20)));
  const list = reply.body;
  const resources = resourcesOf(reply, list, endpoint);
  checkNumbers(reply, list);
  const total = Number(list['totalResults']);
  checkCount(reply, total, resources.length, startIndex);
  return { reply, total, resources: resources.filter(isKnown), findings: judged(speech, list, asked, resources) };
}

/** One resource by its id; undefined where it is answered 404. @throws StepFailed, NoReply */
export async function resourceOf(
  { wire, speech }: Patient,
  message: string,
  endpoint: Endpoint,
  id: string,
): Promise<{ readonly reply: Reply; readonly resource?: Known; readonly findings: readonly string[] }> {
  const reply = await wire.ask(message, `${endpoint}/${encodeURIComponent(id)}`);
  if (reply.status === 404) return { reply, findings: [] };
  const failure = bodyFailure(reply);
  if (failure) throw new StepFailed(failure);
  if (!isObject(reply.body)) throw new StepFailed(shapeFailure(reply, 'noJson'));
  const shape = resourceShape(reply.body, endpoint);
  if (shape !== undefined) throw new StepFailed(shapeFailure(reply, shape, 'it'));
  const findings: string[] = [];
  (endpoint === '/Users' ? judgeUser : judgeGroup)(
    reply.body,
    'the reply',
    (finding) => findings.push(finding),
    speech,
  );
  return { reply, findings, ...(isKnown(reply.body) ? { resource: reply.body } : {}) };
}
