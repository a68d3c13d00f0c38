import type { OktaFault } from '../../scim/fault-code.ts';
import type { Faults } from '../fault.ts';

const ADMIN = "Okta's administrator";
const HOST = "the connector's host";
const SHEET = { run: ['scim-connector okta sheet'] };
const FROM_AGENT = [
  { on: 'Linux, on the host of the agent', run: ['curl -vk https://CONNECTOR:PORT/healthz'] },
  { on: 'Windows, on the host of the agent', run: ['Test-NetConnection CONNECTOR -Port PORT'] },
];

export const OKTA_FAULTS: Faults<OktaFault> = {
  'agent-cannot-connect': {
    title: 'Nothing answered the agent at the base URL',
    meaning:
      'The agent reached the host, or a firewall before it, and was turned away: the connector does not run, listens elsewhere, or the port is closed. Nothing of it can be seen in the log of the connector.',
    whose: HOST,
    fix: [
      'See whether it runs, and where it listens:',
      { run: ['scim-connector status', 'scim-connector service start'] },
      'Try it from the host of the agent:',
      ...FROM_AGENT,
      'server.listen = "127.0.0.1:8443" is reached only by an agent on the same host.',
    ],
    retry: 'after the fix',
    example: 'java.net.ConnectException: Connection refused',
    patterns: [
      /Connection refused/i,
      /Connection reset/i,
      /No ?Route ?To ?Host/i,
      /Network is unreachable/i,
      /ConnectException(?!.*timed)/i,
      /Unexpected end of file from server|NoHttpResponseException/i,
    ],
  },
  'agent-connection-timed-out': {
    title: 'The agent could not reach the host of the connector',
    meaning:
      'No answer came from there at all: a firewall drops it, or the address is wrong. Nothing of it can be seen in the log of the connector.',
    whose: HOST,
    fix: [
      'Try it from the host of the agent, then open the port in the firewall of the host and in between:',
      ...FROM_AGENT,
      { on: 'Linux', run: ['sudo firewall-cmd --permanent --add-port=8443/tcp', 'sudo firewall-cmd --reload'] },
      {
        on: 'Windows',
        run: [
          'New-NetFirewallRule -DisplayName scim-connector -Direction Inbound -Protocol TCP -LocalPort 8443 -Action Allow',
        ],
      },
    ],
    retry: 'after the fix',
    example: 'java.net.ConnectException: Connection timed out',
    patterns: [/connect(ion)? timed out/i, /ConnectTimeoutException/i, /ETIMEDOUT/],
  },
  'agent-read-timed-out': {
    title: 'The connector did not answer the agent in time',
    meaning:
      'The agent waited as long as "Timeout for API calls" of the app says. The connector answers before 30 s are over, so that a proxy in between or a shorter timeout is behind it.',
    whose: ADMIN,
    fix: [
      'In Okta: the app > Provisioning > Integration, "Timeout for API calls" 90 seconds or more. See what takes so long:',
      { run: ['scim-connector status', 'scim-connector check'] },
    ],
    retry: 'now',
    example: 'java.net.SocketTimeoutException: Read timed out',
    patterns: [/Read timed out/i, /SocketTimeoutException/i],
  },
  'agent-host-unknown': {
    title: 'The agent does not know the host in the base URL',
    meaning:
      "The agent's name server does not know the name: a slip in the base URL, or a name that only other networks know.",
    whose: ADMIN,
    fix: [
      'Ask for the name on the host of the agent, then correct the base URL or the name server:',
      { run: ['nslookup CONNECTOR'] },
      SHEET,
    ],
    retry: 'after the fix',
    example: 'java.net.UnknownHostException: scim1.corp.exmaple',
    patterns: [/UnknownHostException/i, /Name or service not known/i, /nodename nor servname/i],
  },
  'agent-not-running': {
    title: "Okta's agent does not run",
    meaning:
      'Okta could not hand the task to an agent: it is stopped, has lost its connection to Okta, or is not ticked for this app.',
    whose: ADMIN,
    fix: [
      'Look at the agent, and restart it:',
      {
        on: 'Linux',
        run: [
          'systemctl status OktaProvisioningAgent',
          'sudo systemctl restart OktaProvisioningAgent',
          'tail /opt/OktaProvisioningAgent/logs/agent.log',
        ],
      },
      { on: 'Windows', run: ['Restart-Service "Okta Provisioning Agent"'] },
      'In Okta: the app > Provisioning > Integration > Connect to these agents.',
    ],
    retry: 'after the fix',
    example: 'Please check and ensure Provisioning Agent is running',
    patterns: [
      /ensure (the )?Provisioning Agent is running/i,
      /no (active|connected|operational) (provisioning )?agents?/i,
      /agent (is )?(not|un)(available| connected| running| reachable)/i,
      /agent did not respond/i,
    ],
  },
  'okta-no-users-returned': {
    title: 'Okta got an answer that is no list of people',
    meaning:
      'Something else than the connector has answered, a proxy or a login page as a rule, or the base URL leads elsewhere.',
    whose: ADMIN,
    fix: ['Compare the base URL, and call it from the host of the agent:', SHEET, ...FROM_AGENT],
    retry: 'after the fix',
    example: 'No results for users returned',
    patterns: [
      /No results for users returned/i,
      /(UnrecognizedProperty|JsonParse|JsonMapping)Exception/i,
      /Unexpected character \('<'/i,
    ],
  },
  'okta-empty-user': {
    title: 'Okta got no user back',
    meaning:
      'Okta made an account and the answer held none. The connector always sends it, so that something between has swallowed it.',
    whose: ADMIN,
    fix: [
      'Look at proxies between agent and connector, and whether the account was made:',
      { run: ['scim-connector trace NAME'] },
    ],
    retry: 'now',
    example: 'Create new user returned empty user.',
    patterns: [/returned empty user/i],
  },
  'okta-no-matching-user': {
    title: 'Okta found nobody to link to',
    meaning: 'Okta may neither make nor update accounts in this app, and there was none of that name.',
    whose: ADMIN,
    fix: [
      'In Okta: the app > Provisioning > To App, enable Create Users, Update User Attributes and Deactivate Users. Save. Then assign the person again.',
      'See whether the account is there:',
      { run: ['scim-connector trace NAME'] },
    ],
    retry: 'after the fix',
    example: 'Matching user not found',
    patterns: [/Matching user not found/i],
  },
  'okta-save-failed': {
    title: 'Saving in Okta failed on the side of Okta',
    meaning: 'The first Save of the provisioning settings often ends so, and works seconds later.',
    whose: 'nobody: it passes by itself',
    fix: ['Wait fifteen seconds, Test Connector Configuration, Save again.'],
    retry: 'now',
    example: 'Internal Error when saving the connector configuration',
    patterns: [/Internal Error\b/],
  },
  'custom-attribute-without-namespace': {
    title: 'A custom attribute has no namespace in Okta',
    meaning:
      'An attribute that was made before provisioning was enabled has no External namespace. Okta never sends it, or sends it where nobody looks.',
    whose: ADMIN,
    fix: [
      "In Okta: Directory > Profile Editor > the app's profile. Remove the attribute and add it again as this prints it, then map it:",
      { run: ['scim-connector okta schema'] },
    ],
    retry: 'after the fix',
    example:
      "costCenter is a custom attribute and came without a namespace: make it again in Okta's Profile Editor with the External namespace urn:okta:onprem_app:1.0:user:custom",
    patterns: [/came without a namespace/],
    seen: 'hint in the log and in the record',
  },
  'custom-attribute-of-another-app': {
    title: 'Custom attributes come under another name of the app',
    meaning:
      'Okta has a name of its own for each app, and the configuration has another one. What Okta pushes arrives; an import shows it where Okta does not look.',
    whose: "the connector's configuration",
    fix: [
      'Set okta_app to the name that the hint has, for the app in the configuration, then restart. It also stands in the address of the app in Okta: /admin/app/NAME/instance/…',
      { run: ['okta_app = "NAME"   # under [apps.NAME]', 'scim-connector okta schema'] },
    ],
    retry: 'after the fix',
    example:
      'custom attributes came under the app "corp_scim_1", and okta_app is "onprem_app": set okta_app = "corp_scim_1"',
    patterns: [/custom attributes came under the app/],
    seen: 'hint in the log and in the record',
  },
  'attribute-ignored': {
    title: 'Okta sends an attribute that has no place here',
    meaning: 'The schema does not know it, or the mapping of the directory has no line for it. The rest was done.',
    whose: "the connector's configuration",
    fix: [
      'If it matters, declare it under [apps.NAME.users.custom] or give it a line under [apps.NAME.users.map]. If not, unmap it in Okta.',
      { run: ['scim-connector okta schema', 'scim-connector map suggest'] },
    ],
    retry: 'after the fix',
    example: '"ignored":["costCenter"]',
    patterns: [/"?ignored"?: ?\[/, /unsupported scim attributes/i],
    seen: 'ignored in the log and in the record',
  },
};
