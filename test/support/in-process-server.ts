import { Authenticator } from '../../connector/auth/authenticator.ts';
import { methodKind } from '../../connector/auth/methods.ts';
import { Throttle } from '../../connector/auth/throttle.ts';
import { entitlementsOf } from '../../connector/entitlements/entitlements.ts';
import { AccessLog } from '../../connector/http/access-log.ts';
import type { Mount } from '../../connector/http/mount.ts';
import { trustProxies } from '../../connector/http/request/client-address.ts';
import type { Log } from '../../connector/log/log.ts';
import { Cursors } from '../../connector/protocol/cursors.ts';
import type { Offer } from '../../connector/protocol/offer.ts';
import type { Protocol } from '../../connector/protocol/protocol.ts';
import { PROTOCOLS } from '../../connector/protocol/protocols.ts';
import { createHttpApp } from '../../connector/run/http-app.ts';
import { Listener } from '../../connector/run/listener.ts';
import { noCustomization, resourceTypes, withUnknownManagers } from '../../connector/scim/schema/resource-type.ts';
import { Secret } from '../../connector/secrets/secret.ts';
import { assembleServices } from '../../connector/service/assemble-service.ts';
import { observers } from '../../connector/service/observer.ts';
import { defaultPolicy, type Policy } from '../../connector/service/policy.ts';
import { directoryBackend } from './directories/directory-store.ts';
import { scaled } from './pace.ts';
import { speakers } from './speakers.ts';
import type { LogLine, StartOptions, TestServer } from './start-server.ts';
import { keeping, makeStore } from './stores.ts';

/** Servers of one test go on with each other's lists. */
const KEY = Buffer.alloc(32, 'k');

/** What the configuration's defaults are for SCIM 2.0. */
const ON_V2: Partial<Policy> = { createAgain: 'conflict', unknownManager: 'keep', storeWords: true };

/** A connector on a real socket, of the parts that the executable is made of, without configuration and TLS. */
export async function startInProcess(options: StartOptions = {}): Promise<TestServer> {
  const { store: kind = 'memory', token } = options;
  const lines: LogLine[] = [];
  const record = (level: string) => (fields: object, message: string) => {
    lines.push({ level, fields: fields as Record<string, unknown>, message });
  };
  const log: Log = {
    trace: record('trace'),
    debug: record('debug'),
    info: record('info'),
    warn: record('warn'),
    error: record('error'),
  };
  const sentences = { info: (text: string) => log.info({}, text), warn: (text: string) => log.warn({}, text) };
  const { entitlements = [] } = options;
  const types = resourceTypes({ ...(options.customization ?? noCustomization), entitlements });
  const store = options.backend
    ? keeping(options.backend)
    : typeof kind === 'string'
      ? await makeStore[kind]()
      : keeping(directoryBackend(kind, types, sentences));
  const { backend } = store;
  await backend.open();
  const policy = { ...defaultPolicy, ...options.policy };
  const method = token === undefined ? 'none' : 'header';
  const offer: Offer = {
    backend: backend.capabilities,
    readOnly: policy.readOnly,
    patch: true,
    bulk: true,
    filter: true,
    sort: true,
    etag: true,
    maxResults: 10_000,
    bulkMaxOperations: 1000,
    bulkMaxPayload: 1_048_576,
    authentication: methodKind(method).scheme,
    open: methodKind(method).open,
    ...options.offer,
  };
  const accessLog = new AccessLog(log);
  const observer = observers([accessLog, ...(options.observer ? [options.observer] : [])]);
  const protocols = options.protocol ? [options.protocol] : PROTOCOLS;
  const [{ segment }] = protocols as readonly [Protocol];
  const path = `/scim/${segment}`;
  const serviceBy = assembleServices(backend, { app: 'default', observer, trails: options.trails });
  const app = {
    app: 'default',
    authenticator: new Authenticator({
      method:
        options.method ??
        methodKind(method).create(
          { header: 'Authorization', ...(token === undefined ? {} : { token: new Secret(token) }) },
          { app: 'default' },
        ),
      app: 'default',
      throttle: new Throttle(),
      log: sentences,
    }),
    offer,
    rules: {
      filter: offer.filter,
      sort: offer.sort,
      incrementalOverlap: 0,
      cursors: new Cursors('default', () => KEY),
    },
    dialect: options.dialect ?? (options.strict ? 'strict' : 'compatible'),
  } as const;
  const spoken = protocols.map((protocol) => ({ protocol, path: `/scim/${protocol.segment}` }));
  const mounts = spoken.map(({ protocol, path }): Mount => {
    const isFirst = protocol.version === '1.1';
    const own: Policy = {
      ...(isFirst ? policy : { ...policy, ...ON_V2, ...options.policy }),
      entitlements: { types: entitlements, shown: !isFirst },
    };
    return {
      ...app,
      path,
      protocol,
      patchReply: protocol.version === '1.1' ? 'all' : (options.patchReply ?? 'users'),
      spoken,
      types: own.unknownManager === 'keep' ? withUnknownManagers(protocol.view(types)) : protocol.view(types),
      kept: (type) => backend.kept?.(type) ?? type,
      ...(entitlements.length > 0 ? { entitlements: entitlementsOf(entitlements, backend) } : {}),
      ...serviceBy(own),
    };
  });
  const koa = createHttpApp({
    mounts: () => mounts,
    log,
    accessLog,
    observer,
    limits: {
      maxBody: options.maxBody ?? 16_777_216,
      maxUserBody: Math.min(options.maxBody ?? 16_777_216, 1_048_576),
      bulkMaxPayload: offer.bulkMaxPayload,
    },
    deadline: options.deadline ?? scaled(25_000),
    trustedProxies: trustProxies([]),
    ...(options.passingStatus === undefined ? {} : { passingStatus: options.passingStatus }),
  });
  const server = new Listener(koa.callback(), { host: '127.0.0.1', port: 0, log });
  const { port } = await server.listen();
  const url = `http://127.0.0.1:${port}${path}`;
  return {
    ...speakers(url, options.version),
    lines: async () => lines,
    close: async () => {
      await server.close(1000);
      await backend.close();
      await store.discard();
    },
  };
}
