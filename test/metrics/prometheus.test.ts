import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { CliServer, cli } from '../support/cli.ts';
import { directoryLab } from '../support/directories/directory-lab.ts';
import { pipe } from '../support/directories/lab-tools.ts';
import { shortestFile } from '../support/directories/shortest-file.ts';
import { HttpClient } from '../support/http-client.ts';
import { needsPrometheus, Prometheus } from '../support/prometheus/prometheus.ts';
import { ALERT_CASES } from './alert-cases.ts';
import { expressionsOf, namesIn } from './dashboard.ts';

const run = promisify(execFile);
const DOCS = join(import.meta.dirname, '..', '..', 'docs');
const RULES = join(DOCS, 'prometheus-rules.yml');
const PERSON = { schemas: ['urn:scim:schemas:core:1.0'], userName: 'bjensen', name: { familyName: 'Jensen' } };

/** An app in a directory and one in a database, as a real Prometheus sees them. */
describe('metrics in Prometheus', () => {
  needsPrometheus();
  const directory = directoryLab('openldap');
  let client: HttpClient;
  let folder: string;
  let server: CliServer | undefined;
  let prometheus: Prometheus | undefined;
  let at: string;

  const send = (url: string, method: string, body?: object) => {
    const headers = { Accept: 'application/json', ...(body ? { 'Content-Type': 'application/json' } : {}) };
    return client.send(method, url, headers, body && JSON.stringify(body));
  };
  /** What Okta does, a little of it. */
  const use = async (base: string): Promise<void> => {
    const { text } = await send(`${base}/Users`, 'POST', PERSON);
    const { id } = JSON.parse(text);
    await send(`${base}/Users/${id}`, 'PUT', { ...PERSON, active: false });
    await send(`${base}/Users?startIndex=1&count=200`, 'GET');
    await send(`${base}/Users/nobody`, 'GET');
    await send(`${base}/Users/${id}`, 'DELETE');
  };
  const seen = (): Prometheus => {
    if (!prometheus) throw new Error('started in before()');
    return prometheus;
  };

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'connector-'));
    const file = join(folder, 'connector.toml');
    writeFileSync(
      file,
      `${shortestFile(directory.lab)}\n[apps.default.limits]\nenabled = false\n[apps.hr.limits]\nenabled = false\n[auth]\nmethod = "none"\n`,
    );
    await cli(['token', 'add', 'okta', '--expires', '30d', '--config', file], { cwd: folder });
    const words = ['--config', file, '--port', '0', '--log.format=json', '--metrics.listen=127.0.0.1:0'];
    const { service } = directory.lab.flavour;
    server = await CliServer.start([...words], { cwd: folder, env: { LDAP_PASSWORD: service.password } });
    client = new HttpClient({ ca: readFileSync(join(folder, 'connector-data', 'tls', 'ca.crt'), 'utf8') });
    const [, target = ''] = await server.logged(/metrics at http:\/\/([\d.:]+)\/metrics/);
    at = `http://${target}/metrics`;
    prometheus = await Prometheus.start(target, RULES);
    // A rate needs two scrapes with something in between.
    const scrapes = async (): Promise<number> =>
      Number((await seen().query('count_over_time(up[1m])'))[0]?.value[1] ?? 0);
    while ((await scrapes()) < 4) {
      await use(server.url);
      await use(server.url.replace('/scim', '/hr/scim'));
      await pause(200);
    }
    // The first page of two: an import that runs.
    const hr = server.url.replace('/scim', '/hr/scim');
    for (let i = 0; i < 12; i += 1) await send(`${hr}/Users`, 'POST', { ...PERSON, userName: `user${i}` });
    await send(`${hr}/Users?startIndex=1&count=10`, 'GET');
    while ((await seen().query('scim_connector_import_resources')).length === 0) await pause(100);
  });
  after(async () => {
    await prometheus?.stop();
    await server?.stop();
    client?.close();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  it('every query of the dashboard has an answer', async () => {
    const silent: string[] = [];
    for (const expression of expressionsOf(join(DOCS, 'grafana-dashboard.json')))
      if ((await seen().query(expression)).length === 0) silent.push(expression);
    expect(silent).to.deep.equal([]);
  });

  it('every rule is evaluated, names metrics that are there, and is quiet while all is well', async () => {
    const rules = await seen().rules();
    const known = await seen().metadata();
    expect(rules.map(({ name }) => name)).to.have.length.above(5);
    for (const { name, query, health, state, lastEvaluation } of rules) {
      expect([health, state], `${name} ${lastEvaluation}`).to.deep.equal(['ok', 'inactive']);
      // `up` is Prometheus' own.
      expect(namesIn(query).filter((one) => one !== 'up' && !known.has(one.replace(/_bucket$/, '')))).to.deep.equal([]);
    }
  });

  it('every rule fires when it shall and not otherwise', async () => {
    const rules = new Map((await seen().rules()).map((rule) => [rule.name, rule]));
    const named = (fires: boolean) =>
      new Set(ALERT_CASES.filter((one) => (one.fires !== undefined) === fires).map(({ alert }) => alert));
    for (const cases of [named(true), named(false)]) expect([...cases]).to.have.members([...rules.keys()]);
    const tests = ALERT_CASES.map(({ alert, seen: values, at: time, fires }) => ({
      interval: '1m',
      input_series: Object.entries(values).map(([series, value]) => ({ series, values: value })),
      alert_rule_test: [
        {
          eval_time: time,
          alertname: alert,
          exp_alerts: fires
            ? [
                {
                  exp_labels: fires.labels,
                  exp_annotations: {
                    summary: fires.summary,
                    description: rules.get(alert)?.annotations['description'],
                  },
                },
              ]
            : [],
        },
      ],
    }));
    const file = join(folder, 'rules-test.yml');
    writeFileSync(file, JSON.stringify({ rule_files: [RULES], evaluation_interval: '1m', tests }));
    await run('promtool', ['check', 'rules', RULES]);
    await run('promtool', ['test', 'rules', file]).catch((error: { stdout: string; stderr: string }) => {
      throw new Error(`${error.stdout}\n${error.stderr}`);
    });
  });

  it('names keep to the conventions of Prometheus', async () => {
    const { text } = await client.send('GET', at);
    const ours = text.split('\n').filter((line) => /^(# \w+ )?scim_connector_/.test(line));
    await pipe('promtool', ['check', 'metrics'], `${ours.join('\n')}\n`, process.env);
  });

  it('the page lists every metric with its labels', async () => {
    const known = [...(await seen().metadata())].filter(([name]) => name.startsWith('scim_connector_'));
    const rows: string[] = [];
    for (const [name, { type, help }] of known.sort(([a], [b]) => a.localeCompare(b))) {
      const series = await seen().query(`{__name__=~"${name}(_bucket)?"}`);
      const labels = Object.keys(series[0]?.metric ?? {}).filter(
        (label) => !['__name__', 'job', 'instance', 'le'].includes(label),
      );
      rows.push(`| \`${name}\` | ${type} | ${labels.sort().join(', ')} | ${help} |`);
    }
    const page = readFileSync(join(DOCS, 'metrics.md'), 'utf8');
    const [, table = ''] = /<!-- metrics -->\n([\s\S]*?)\n?<!-- \/metrics -->/.exec(page) ?? [];
    const expected = ['| Metric | Type | Labels | Meaning |', '| --- | --- | --- | --- |', ...rows];
    expect(table.trim().split('\n')).to.deep.equal(expected);
  });
});
