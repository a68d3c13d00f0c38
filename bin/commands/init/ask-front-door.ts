import type { Choice, Interviewer } from '../../../connector/backend/module/interview.ts';
import { isHostName } from '../../../connector/config/vocabulary/listen.ts';
import type { FrontDoor } from '../../../connector/operations/init/front-door.ts';
import { padTo } from '../../terminal/line-width.ts';

/** What is done at the end beside writing. */
export interface Plan extends FrontDoor {
  /** Undefined where there is no service that could be. */
  readonly startsService: boolean | undefined;
}

/** On Linux lower ports are root's, which the service is not. */
const LEAST_PORT = process.platform === 'win32' ? 1 : 1024;
/** Of the first column. */
const WIDTH = 14;

const line = <Value extends string>(value: Value, name: string, now: string, help: string): Choice<Value> => ({
  value,
  label: `${padTo(name, WIDTH)}${now}`,
  short: `change: ${name}`,
  help,
});

const portComplaint = (answer: string): string | undefined =>
  /^\d{1,5}$/.test(answer) && Number(answer) >= LEAST_PORT && Number(answer) <= 65_535
    ? undefined
    : `answer with a number from ${LEAST_PORT} to 65535`;

const METHODS: Readonly<Record<string, string>> = {
  header: 'with a token (in Okta: HTTP Header)',
  basic: 'with a user name and a password (in Okta: Basic Auth)',
};

type Item = 'write' | 'agent' | 'port' | 'host' | 'method' | 'service';

const items = ({ agentIsHere, port, host, method, startsService }: Plan): readonly Choice<Item>[] => [
  { value: 'write', label: 'yes, write it', help: 'Nothing has been written so far. Any other line: to change it.' },
  line(
    'agent',
    "Okta's agent",
    agentIsHere ? 'on this machine, which alone can reach us' : 'on another machine',
    'The Okta Provisioning Agent is the program of Okta that calls this connector.',
  ),
  line('port', 'port', String(port), 'The one that the agent calls; no other program on this machine listens on it.'),
  ...(agentIsHere
    ? []
    : [
        line(
          'host',
          'name',
          host,
          "What the agent calls this machine; it stands in Okta's base URL and in the certificate.",
        ),
      ]),
  line('method', 'Okta logs in', METHODS[method] ?? method, 'A token is the better choice; Okta can do either.'),
  ...(startsService === undefined
    ? []
    : [
        line(
          'service',
          'service',
          startsService ? 'started now' : 'not started now',
          'It starts with the machine, too.',
        ),
      ]),
];

const answers: Readonly<Record<Exclude<Item, 'write'>, (plan: Plan, to: Interviewer) => Promise<Plan>>> = {
  agent: async (plan) => ({ ...plan, agentIsHere: !plan.agentIsHere }),
  port: async (plan, to) => {
    const port = await to.ask({
      text: 'Port',
      standard: String(plan.port),
      help: 'The port that the agent calls: one that no other program on this machine listens on.',
      complaint: portComplaint,
    });
    return { ...plan, port: Number(port) };
  },
  host: async (plan, to) => {
    const host = await to.ask({
      text: 'Name the agent calls this machine by',
      standard: plan.host,
      help: "It stands in the base URL in Okta and in the certificate. The agent's machine must be able to find this machine by it.",
      complaint: (answer) =>
        isHostName(answer) ? undefined : 'answer with a host name such as idm01.corp.example, or an IP address',
    });
    return { ...plan, host: host.toLowerCase() };
  },
  method: async (plan) => ({ ...plan, method: plan.method === 'header' ? 'basic' : 'header' }),
  service: async (plan) => ({ ...plan, startsService: !plan.startsService }),
};

/**
 * One screen with all of it: each line can be changed, until the first one is taken.
 * @param show  tells what it would come to, before each look
 */
export async function askFrontDoor(proposed: Plan, to: Interviewer, show: (plan: Plan) => void): Promise<Plan> {
  show(proposed);
  const item = await to.choose({ text: 'Is this right?', choices: items(proposed) });
  return item === 'write' ? proposed : askFrontDoor(await answers[item](proposed, to), to, show);
}
