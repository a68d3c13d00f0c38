/** What Prometheus has seen for a while, and what the rules make of it. */
export interface AlertCase {
  readonly alert: string;
  /** Values a minute, by series, in the notation of promtool. */
  readonly seen: Readonly<Record<string, string>>;
  readonly at: string;
  /** Absent: it does not fire. */
  readonly fires?: { readonly labels: Readonly<Record<string, string>>; readonly summary: string };
}

const OWN = 'instance="a:1",job="scim-connector"';
const APP = `app="hr",${OWN}`;
const own = { instance: 'a:1', job: 'scim-connector' };
const app = { app: 'hr', ...own };
const series = (name: string, labels: string): string => `${name}{${labels}}`;
const ours = (name: string, labels: string): string => series(`scim_connector_${name}`, labels);

const requests = ours('requests_total', `${APP},message="downloadUsers",outcome="done"`);
const refused = (reason: string, status: number): string =>
  ours('refusals_total', `${APP},reason="${reason}",status="${status}"`);
const bucket = (le: string): string =>
  ours('request_duration_seconds_bucket', `${APP},message="downloadUsers",le="${le}"`);
const contact = ours('last_contact_timestamp_seconds', APP);
const started = series('process_start_time_seconds', OWN);

const importing = ours('import_resources', `${APP},type="User",state="read"`);
const imports = (outcome: string): string => ours('imports_total', `${APP},type="User",outcome="${outcome}"`);
const tls = (fault: string): string => ours('tls_failures_total', `${OWN},fault="${fault}"`);

const HOUR = 3600;
const DAY = 24 * HOUR;

export const ALERT_CASES: readonly AlertCase[] = [
  {
    alert: 'ScimConnectorHeld',
    seen: { [ours('hold_open', APP)]: '0+0x4 1+0x10' },
    at: '8m',
    fires: { labels: { severity: 'critical', ...app }, summary: 'The changes of app hr are held' },
  },
  { alert: 'ScimConnectorHeld', seen: { [ours('hold_open', APP)]: '0+0x20' }, at: '8m' },
  {
    alert: 'ScimConnectorDown',
    seen: { [series('up', OWN)]: '1+0x4 0+0x10' },
    at: '8m',
    fires: { labels: { severity: 'critical', ...own }, summary: 'The SCIM connector does not answer' },
  },
  { alert: 'ScimConnectorDown', seen: { [series('up', OWN)]: '1+0x20' }, at: '8m' },
  // A restart.
  { alert: 'ScimConnectorDown', seen: { [series('up', OWN)]: '1+0x4 0 1+0x10' }, at: '6m' },
  {
    alert: 'ScimConnectorDown',
    seen: { [series('up', 'job="other",instance="a:1"')]: '1+0x20' },
    at: '8m',
    fires: {
      labels: { severity: 'critical', job: 'scim-connector' },
      summary: 'The SCIM connector does not answer',
    },
  },
  {
    alert: 'ScimConnectorNoContact',
    seen: { [contact]: `-${27 * HOUR}+0x10`, [started]: `-${27 * HOUR}+0x10` },
    at: '5m',
    fires: {
      labels: { severity: 'warning', ...app },
      summary: "Okta's agent has not called app hr for 26 hours",
    },
  },
  // Never, but it has just been started.
  {
    alert: 'ScimConnectorNoContact',
    seen: { [contact]: `-${1000 * HOUR}+0x10`, [started]: `-${1 * HOUR}+0x10` },
    at: '5m',
  },
  {
    alert: 'ScimConnectorNoContact',
    seen: { [contact]: `-${20 * HOUR}+0x10`, [started]: `-${100 * HOUR}+0x10` },
    at: '5m',
  },
  {
    alert: 'ScimConnectorErrors',
    seen: { [requests]: '0+60x30', [refused('unavailable', 503)]: '0+6x30' },
    at: '20m',
    fires: { labels: { severity: 'warning', ...app }, summary: 'App hr: 10% of requests fail' },
  },
  // Nobody found is an answer.
  {
    alert: 'ScimConnectorErrors',
    seen: { [requests]: '0+60x30', [refused('notFound', 404)]: '0+30x30' },
    at: '20m',
  },
  { alert: 'ScimConnectorErrors', seen: { [requests]: '0+60x30', [refused('unavailable', 503)]: '0+1x30' }, at: '20m' },
  // One of one.
  {
    alert: 'ScimConnectorErrors',
    seen: { [requests]: '0+0x9 1+0x20', [refused('unavailable', 503)]: '0+0x9 1+0x20' },
    at: '16m',
  },
  {
    alert: 'ScimConnectorLoginRefused',
    seen: { [refused('unauthorized', 401)]: '0+1x30' },
    at: '20m',
    fires: {
      labels: { severity: 'warning', ...app },
      summary: 'Requests for app hr are refused for their credential',
    },
  },
  { alert: 'ScimConnectorLoginRefused', seen: { [refused('unauthorized', 401)]: '0+0x9 3+0x20' }, at: '20m' },
  {
    alert: 'ScimConnectorBackendDown',
    seen: { [ours('backend_up', APP)]: '1+0x4 0+0x10' },
    at: '8m',
    fires: {
      labels: { severity: 'critical', ...app },
      summary: 'The directory or database of app hr does not answer',
    },
  },
  { alert: 'ScimConnectorBackendDown', seen: { [ours('backend_up', APP)]: '1+0x4 0 1+0x10' }, at: '8m' },
  {
    alert: 'ScimConnectorDirectoryServerDown',
    seen: { [ours('ldap_server_usable', `${APP},server="ldaps://dc2"`)]: '1 0+0x20' },
    at: '15m',
    fires: {
      labels: { severity: 'warning', server: 'ldaps://dc2', ...app },
      summary: 'Directory server ldaps://dc2 cannot be used',
    },
  },
  {
    alert: 'ScimConnectorDirectoryServerDown',
    seen: { [ours('ldap_server_usable', `${APP},server="ldaps://dc2"`)]: '1 0+0x5 1+0x20' },
    at: '15m',
  },
  {
    alert: 'ScimConnectorSlow',
    seen: { [bucket('15')]: '0+0x30', [bucket('20')]: '0+10x30', [bucket('+Inf')]: '0+10x30' },
    at: '20m',
    fires: {
      labels: { severity: 'warning', ...app },
      summary: "App hr: requests take 19.95s, near Okta's timeout",
    },
  },
  {
    alert: 'ScimConnectorSlow',
    seen: { [bucket('1')]: '0+10x30', [bucket('15')]: '0+10x30', [bucket('+Inf')]: '0+10x30' },
    at: '20m',
  },
  {
    alert: 'ScimConnectorCertificateExpires',
    seen: { [ours('certificate_expiry_timestamp_seconds', OWN)]: `${13 * DAY}+0x10` },
    at: '0m',
    fires: { labels: { severity: 'warning', ...own }, summary: "The connector's certificate ends in 13d 0h 0m 0s" },
  },
  {
    alert: 'ScimConnectorCertificateExpires',
    seen: { [ours('certificate_expiry_timestamp_seconds', OWN)]: `${30 * DAY}+0x10` },
    at: '5m',
  },
  {
    alert: 'ScimConnectorTokenExpires',
    seen: { [ours('token_expiry_timestamp_seconds', `${OWN},name="okta"`)]: `${3 * DAY}+0x10` },
    at: '0m',
    fires: { labels: { severity: 'warning', name: 'okta', ...own }, summary: 'Token okta ends in 3d 0h 0m 0s' },
  },
  {
    alert: 'ScimConnectorTokenExpires',
    seen: { [ours('token_expiry_timestamp_seconds', `${OWN},name="okta"`)]: `${30 * DAY}+0x10` },
    at: '5m',
  },
  // One that has ended long ago and is left lying about.
  {
    alert: 'ScimConnectorTokenExpires',
    seen: { [ours('token_expiry_timestamp_seconds', `${OWN},name="okta"`)]: `-${2 * DAY}+0x10` },
    at: '5m',
  },
  {
    alert: 'ScimConnectorJournalLosesRecords',
    seen: {
      [ours('journal_records_lost_total', OWN)]: '0+0x5 7+0x20',
      [ours('journal_writable', OWN)]: '1+0x20',
    },
    at: '10m',
    fires: {
      labels: { severity: 'critical', ...own },
      summary: 'The connector cannot keep records of what it does',
    },
  },
  {
    alert: 'ScimConnectorJournalLosesRecords',
    seen: { [ours('journal_records_lost_total', OWN)]: '0+0x20', [ours('journal_writable', OWN)]: '1 0+0x20' },
    at: '10m',
    fires: {
      labels: { severity: 'critical', ...own },
      summary: 'The connector cannot keep records of what it does',
    },
  },
  {
    alert: 'ScimConnectorJournalLosesRecords',
    seen: { [ours('journal_records_lost_total', OWN)]: '7+0x20', [ours('journal_writable', OWN)]: '1+0x20' },
    at: '10m',
  },
  {
    alert: 'ScimConnectorImportStuck',
    seen: { [importing]: '200+200x4 1000+0x30' },
    at: '25m',
    fires: {
      labels: { severity: 'warning', state: 'read', type: 'User', ...app },
      summary: 'The import of Users of app hr does not go on',
    },
  },
  { alert: 'ScimConnectorImportStuck', seen: { [importing]: '200+200x30' }, at: '25m' },
  // It is over.
  { alert: 'ScimConnectorImportStuck', seen: { [importing]: '200+200x4 _x30' }, at: '25m' },
  {
    alert: 'ScimConnectorImportUnfinished',
    seen: { [imports('unfinished')]: '0+0x9 1+0x20' },
    at: '20m',
    fires: {
      labels: { severity: 'warning', outcome: 'unfinished', type: 'User', ...app },
      summary: 'An import of Users of app hr ended before its end',
    },
  },
  { alert: 'ScimConnectorImportUnfinished', seen: { [imports('done')]: '0+1x30' }, at: '20m' },
  {
    alert: 'ScimConnectorAgentRefusesCertificate',
    seen: { [tls('agent-distrusts-certificate')]: '0+1x30' },
    at: '20m',
    fires: {
      labels: { severity: 'critical', fault: 'agent-distrusts-certificate', ...own },
      summary: 'An agent cannot set up TLS with the connector',
    },
  },
  // A scan of the port.
  { alert: 'ScimConnectorAgentRefusesCertificate', seen: { [tls('tls-handshake-failed')]: '0+9x30' }, at: '20m' },
];
