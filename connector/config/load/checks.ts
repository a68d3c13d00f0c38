import { methodKind } from '../../auth/methods.ts';
import type { App, Config } from '../config.ts';
import type { Complaint } from '../vocabulary/complaint.ts';
import { isLoopback } from '../vocabulary/listen.ts';
import { checkAlerts } from './alert-checks.ts';
import { checkApps } from './app-checks.ts';
import { checkState } from './state-checks.ts';

const HIGHEST_DEADLINE = 30_000;
/** Unit: characters. */
const SHORTEST_KEY = 32;

function* checkServer({ server, apps }: Config): Generator<Complaint> {
  const reachable = !isLoopback(server.listen.host);
  if (server.http && reachable)
    yield {
      path: ['server', 'http'],
      text: 'plain HTTP is refused unless server.listen is a loopback address; set http = false or listen on 127.0.0.1',
    };
  if (server.deadline > HIGHEST_DEADLINE)
    yield {
      path: ['server', 'deadline'],
      text: 'longer than the 30s that Okta waits at least; raise the timeout in Okta as well',
      warning: true,
    };
  if (server.cursor_key && server.cursor_key.reveal().length < SHORTEST_KEY)
    yield {
      path: ['server', 'cursor_key'],
      text: `must have at least ${SHORTEST_KEY} characters; make one with openssl rand -base64 32`,
    };
  for (const { name, auth } of apps)
    if (methodKind(auth.method).open && reachable)
      yield {
        path: [...authPath(name), 'method'],
        text: `"${auth.method}" lets everybody in and is refused unless server.listen is a loopback address; use "header" or listen on 127.0.0.1`,
      };
}

function* checkMetrics({ metrics: { listen }, server }: Config): Generator<Complaint> {
  const path = ['metrics', 'listen'];
  if (listen === undefined) return;
  if (!isLoopback(listen.host))
    yield {
      path,
      text: 'no credential is asked for there, so anything but a loopback address is refused; use "127.0.0.1:9464" and see docs/metrics.md for a Prometheus elsewhere',
    };
  else if (listen.port !== 0 && listen.port === server.listen.port)
    yield { path, text: 'server.listen has this port already; choose another such as "127.0.0.1:9464"' };
}

function* checkTls({ tls, server }: Config): Generator<Complaint> {
  const { source, cert_file, key_file, pfx_file, passphrase } = tls;
  const need = (key: string) => ({ path: ['tls', key], text: `missing; source = "${source}" needs it` });
  const idle = (key: string, wanted: string) => ({
    path: ['tls', key],
    text: `has no effect with source = "${source}"; set source = "${wanted}" or leave it out`,
  });
  if (source === 'files') {
    if (cert_file === undefined) yield need('cert_file');
    if (key_file === undefined) yield need('key_file');
  } else {
    if (cert_file !== undefined) yield idle('cert_file', 'files');
    if (key_file !== undefined) yield idle('key_file', 'files');
  }
  if (source === 'pfx' && pfx_file === undefined) yield need('pfx_file');
  if (source !== 'pfx' && pfx_file !== undefined) yield idle('pfx_file', 'pfx');
  if (source === 'auto' && passphrase) yield idle('passphrase', 'files');
  if (server.http && source !== 'auto')
    yield { path: ['tls', 'source'], text: 'has no effect with server.http = true', warning: true };
}

function* checkAuth({ name, auth }: App): Generator<Complaint> {
  for (const { setting, ...fault } of methodKind(auth.method).check(auth))
    yield { path: [...authPath(name), setting], ...fault };
}

/** Where the operator says it: for the app itself when it has settings of its own, which the caller finds out. */
const authPath = (app: string): readonly string[] => ['apps', app, 'auth'];

export function* check(config: Config): Generator<Complaint> {
  yield* checkState(config);
  yield* checkServer(config);
  yield* checkMetrics(config);
  yield* checkTls(config);
  yield* checkAlerts(config.alerts);
  for (const app of config.apps) yield* checkAuth(app);
  yield* checkApps(config);
}
