import { createServer, request, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { Authenticator } from '../../connector/auth/authenticator.ts';
import { CredentialStore } from '../../connector/auth/credentials/credential-store.ts';
import type { AuthSettings } from '../../connector/auth/method.ts';
import { type MethodName, methodKind } from '../../connector/auth/methods.ts';
import { Throttle } from '../../connector/auth/throttle.ts';
import type { ScimError } from '../../connector/scim/error.ts';
import { openCertificates } from '../../connector/tls/certificates.ts';
import { recordingLog } from '../support/recording-log.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly actor?: string;
  readonly warning?: string;
  readonly retryAfter?: number;
}

interface Expected {
  /** The app's name. */
  readonly app?: string;
  readonly method?: MethodName;
  readonly store?: CredentialStore | null;
  readonly throttle?: Throttle;
}

export const basic = (text: string, encoding: BufferEncoding = 'utf8'): string =>
  `Basic ${Buffer.from(text, encoding).toString('base64')}`;

/** A TLS server that answers each request with what an authenticator makes of it; call inside `describe`. */
export interface Guarded {
  readonly folder: { readonly path: string };
  readonly log: ReturnType<typeof recordingLog>;
  readonly current: Authenticator;
  /** Puts an authenticator in place. */
  expecting(settings?: Partial<AuthSettings>, expected?: Expected): void;
  ask(headers?: Record<string, string>): Promise<Answer>;
  authorized(value: string): Promise<Answer>;
}

export function guardedServer(): Guarded {
  const folder = temporaryFolder();
  let log: ReturnType<typeof recordingLog>;
  let store: CredentialStore;
  let server: Server;
  let current: Authenticator;

  beforeEach(async () => {
    log = recordingLog();
    store = new CredentialStore({ stateDir: folder.path, log, lookEvery: 0 });
    const certificates = await openCertificates({ source: 'auto', stateDir: folder.path, log: recordingLog() });
    server = createServer(certificates.current(), async (incoming, response) => {
      const { headers, socket } = incoming;
      const answer = await current.authenticate({ headers, address: socket.remoteAddress ?? '' }).then(
        (accepted) => ({ status: 200, text: '', ...accepted }),
        (error: ScimError) => ({
          status: { unauthorized: 401, throttled: 429 }[error.reason as string] ?? 500,
          text: error.message,
          retryAfter: error.retryAfter,
        }),
      );
      response.end(JSON.stringify(answer));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    certificates.close();
  });
  afterEach(async () => {
    store.close();
    await new Promise((resolve) => server.close(resolve));
  });

  const expecting = (
    settings: Partial<AuthSettings> = {},
    { app = 'default', method = 'header', store: given = store, throttle = new Throttle() }: Expected = {},
  ): void => {
    current = new Authenticator({
      method: methodKind(method).create({ header: 'Authorization', ...settings }, { app, store: given ?? undefined }),
      app,
      throttle,
      log,
    });
  };
  const ask = (headers: Record<string, string> = {}): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const { port } = server.address() as AddressInfo;
      const sent = request(
        { host: '127.0.0.1', port, rejectUnauthorized: false, agent: false, headers },
        (response) => {
          response.setEncoding('utf8');
          let text = '';
          response.on('data', (part: string) => {
            text += part;
          });
          response.on('end', () => resolve(JSON.parse(text)));
        },
      );
      sent.on('error', reject);
      sent.end();
    });
  const authorized = (value: string): Promise<Answer> => ask({ Authorization: value });
  return {
    folder,
    get log() {
      return log;
    },
    get current() {
      return current;
    },
    expecting,
    ask,
    authorized,
  };
}
