import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { App } from '../../connector/config/config.ts';
import { loadConfig } from '../../connector/config/load/load.ts';
import { checkSharing } from '../../connector/operations/check/check-sharing.ts';
import { NodeRegistry } from '../../connector/shared-state/node-registry.ts';
import { nodeIdFile } from '../../connector/state/node-id.ts';
import { type Node, twoNodes } from '../support/postgres/two-nodes.ts';
import { type RecordingLog, recordingLog } from '../support/recording-log.ts';

const HOUR = 3_600_000;
const LDAP = `backend = "ldap"
ldap.urls = ["ldaps://one.example"]
ldap.bind_dn = "cn=scim"
ldap.password = { env = "LDAP_PASSWORD" }
users.base = "ou=people,dc=example"
users.map.title = "title"
users.deactivate = "none"
`;

describe('connectors that hear of each other', () => {
  const nodes = twoNodes();
  const open: NodeRegistry[] = [];

  async function appsOf(node: Node, text: string): Promise<readonly App[]> {
    const file = join(node.stateDir, 'connector.toml');
    writeFileSync(file, `config_version = 1\n[apps.hr]\n${text}`);
    return (await loadConfig({ file, env: { LDAP_PASSWORD: 'secret' } })).config.apps;
  }

  function registryOf(node: Node, log: RecordingLog = recordingLog()): NodeRegistry {
    const registry = new NodeRegistry({
      ...{ shared: node, stateDir: node.stateDir, version: '1.0', log },
      tellEvery: HOUR,
    });
    open.push(registry);
    return registry;
  }

  /** As if nothing had been heard of it for that long. */
  const silence = (node: Node, ms: number): Promise<unknown> =>
    node.database.run(
      { signal: AbortSignal.timeout(5000) },
      'UPDATE scim.node SET seen = seen - $1 WHERE id = $2',
      ms,
      node.node,
    );

  afterEach(async () => {
    await Promise.all(open.splice(0).map((registry) => registry.close()));
  });

  it('serve an app together where it means the same, whatever else differs', async () => {
    const [a, b] = [registryOf(nodes.a), registryOf(nodes.b)];
    await a.use(await appsOf(nodes.a, LDAP));
    await b.use(await appsOf(nodes.b, LDAP.replace('one.example', 'two.example').replace('cn=scim', 'cn=other')));
    await a.tell();
    expect([a.refusalOf('hr'), b.refusalOf('hr')]).to.deep.equal([undefined, undefined]);
    expect(a.status.nodes.map(({ isSelf }) => isSelf)).to.deep.equal([true, false]);
    expect(b.status.nodes).to.have.length(2);
  });

  it('refuse an app that another has understood otherwise before, and say which setting, who and what to do', async () => {
    const log = recordingLog();
    const [a, b] = [registryOf(nodes.a), registryOf(nodes.b, log)];
    await a.use(await appsOf(nodes.a, LDAP));
    await b.use(await appsOf(nodes.b, LDAP.replace('map.title = "title"', 'map.title = "displayName"')));
    await a.tell();
    expect(a.refusalOf('hr')).to.equal(undefined);
    const { message, reason, fault } = b.refusalOf('hr') ?? {};
    expect({ reason, fault }).to.deep.equal({ reason: 'unavailable', fault: 'node-mapping-differs' });
    expect(message).to.match(
      /^app hr is not served here: users\.map\.title is "displayName", and "title" at .+, which was first \(.+ UTC\); make both the same, and reload this one$/,
    );
    expect(log.errors).to.deep.equal([message]);
    expect(b.status.refusals).to.deep.equal({ hr: message });
    expect(
      JSON.stringify(await nodes.a.database.rows({ signal: AbortSignal.timeout(5000) }, 'SELECT apps FROM scim.node')),
    ).to.not.match(/secret|one\.example|cn=scim/);
  });

  it('of two that start at once with different mappings serve one', async () => {
    const [a, b] = [registryOf(nodes.a), registryOf(nodes.b)];
    const other = LDAP.replace('ou=people', 'ou=staff');
    await Promise.all([a.use(await appsOf(nodes.a, LDAP)), b.use(await appsOf(nodes.b, other))]);
    await Promise.all([a.tell(), b.tell()]);
    expect([a, b].filter((one) => one.refusalOf('hr'))).to.have.length(1);
  });

  it('serve it again when both say the same, and when the other one has gone or is heard of no more', async () => {
    const log = recordingLog();
    const [a, b] = [registryOf(nodes.a), registryOf(nodes.b, log)];
    const other = LDAP.replace('"none"', '{ move_to = "ou=gone,dc=example" }');
    await a.use(await appsOf(nodes.a, LDAP));
    await b.use(await appsOf(nodes.b, other));
    expect(b.refusalOf('hr')).to.not.equal(undefined);
    await b.use(await appsOf(nodes.b, LDAP));
    expect(b.refusalOf('hr')).to.equal(undefined);
    expect(log.notes).to.deep.equal(['app hr: served again']);
    // The one that changes is the younger one from then on.
    await a.use(await appsOf(nodes.a, other));
    await b.tell();
    expect([a.refusalOf('hr') === undefined, b.refusalOf('hr')]).to.deep.equal([false, undefined]);
    await silence(nodes.b, 31_000);
    await a.tell();
    expect(a.refusalOf('hr')).to.equal(undefined);
    // Heard of again, it finds the other one in its place.
    await b.tell();
    await a.tell();
    await b.close();
    await a.tell();
    expect([a.refusalOf('hr'), a.status.nodes.length]).to.deep.equal([undefined, 1]);
  });

  it('take the place of a process that was killed, and tell of one that lives under the same id', async () => {
    const log = recordingLog();
    const [killed, next] = [registryOf(nodes.a, log), registryOf(nodes.a)];
    const apps = await appsOf(nodes.a, LDAP);
    await killed.use(apps);
    await next.use(apps);
    expect(next.status.nodes).to.have.length(1);
    await killed.tell();
    await killed.tell();
    expect(log.errors).to.deep.equal([
      `another connector has the same id: remove ${nodeIdFile(nodes.a.stateDir)} on the machine that is a copy, and restart there`,
    ]);
    await next.tell();
    expect(next.status.failure).to.equal(undefined);
  });

  it('go on as they are while the database is away, and say so once', async () => {
    const log = recordingLog();
    const b = registryOf(nodes.b, log);
    const apps = await appsOf(nodes.b, LDAP);
    await b.use(apps);
    await nodes.b.relay.close();
    await b.tell();
    await b.tell();
    // What is read anew meanwhile is told later.
    await b.use(apps);
    expect(log.errors).to.have.length(1);
    expect(log.errors[0]).to.match(/^the other connectors hear nothing of this one: /);
    expect(b.refusalOf('hr')).to.equal(undefined);
  });

  it('are named by a check, which tells beforehand what would not be served', async () => {
    const a = registryOf(nodes.a);
    await a.use(await appsOf(nodes.a, LDAP));
    const { settings } = nodes.database.fresh;
    const checked = async (text: string) =>
      checkSharing({
        state_dir: nodes.b.stateDir,
        state: { backend: 'postgres', postgres: { ...settings, schema: 'scim_state' } },
        apps: await appsOf(nodes.b, text),
      } as never);
    const shared = { status: 'ok', text: `in a database, shared with ${nodes.a.nodeName}` };
    expect(await checked(LDAP)).to.deep.equal([shared]);
    const [first, second] = await checked(LDAP.replace('ou=people', 'ou=staff'));
    expect(first).to.deep.equal(shared);
    expect(second?.status).to.equal('failed');
    expect(second?.text).to.contain('app hr is not served here: users.base is ');
  });
});
