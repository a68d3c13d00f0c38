import type { Method } from '../../connector/auth/method.ts';
import type { Backend } from '../../connector/backend/backend.ts';
import type { Configured } from '../../connector/entitlements/entitlements.ts';
import type { Offer } from '../../connector/protocol/offer.ts';
import type { Protocol } from '../../connector/protocol/protocol.ts';
import type { Dialect } from '../../connector/scim/patch-operation.ts';
import type { Customization } from '../../connector/scim/schema/resource-type.ts';
import type { Observer } from '../../connector/service/observer.ts';
import type { TrailSource } from '../../connector/service/operation-recorder.ts';
import type { Policy } from '../../connector/service/policy.ts';
import { isPackaged } from './cli.ts';
import type { DirectoryStore } from './directories/directory-store.ts';
import type { FlavourName } from './directories/flavours.ts';
import { startExecutable } from './executable-server.ts';
import { startInProcess } from './in-process-server.ts';
import { isPostgresExpected } from './postgres/installed.ts';

export type StoreName = 'memory' | 'sqlite' | 'postgres';

/** The kinds of directory to serve people from. An executable holds the same code for all of them: one shows that it works. */
export const directories: readonly FlavourName[] = isPackaged ? ['openldap'] : ['openldap', '389ds', 'samba'];

/** Where people are kept in the tests of every behaviour that is seen over HTTP; PostgreSQL where it is installed, or will be. */
export const stores: readonly StoreName[] = isPackaged
  ? ['sqlite']
  : isPostgresExpected()
    ? ['memory', 'sqlite', 'postgres']
    : ['memory', 'sqlite'];

export interface StartOptions {
  /** Empty at first, and of no other server; by default the first of `stores`. */
  readonly store?: StoreName | DirectoryStore;
  readonly policy?: Partial<
    Pick<Policy, 'put' | 'createAgain' | 'requireIfMatch' | 'unknownMembers' | 'unknownManager' | 'managerId'>
  >;
  readonly offer?: Partial<
    Pick<Offer, 'patch' | 'bulk' | 'filter' | 'sort' | 'etag' | 'maxResults' | 'bulkMaxOperations' | 'bulkMaxPayload'>
  >;
  readonly customization?: Customization;
  /** Kinds with a list of their own, or of the store. */
  readonly entitlements?: readonly Configured[];
  readonly strict?: boolean;
  /** That the server's own `url` and `request` speak; SCIM 1.1 by default. */
  readonly version?: '1.1' | '2.0';
  readonly dialect?: Dialect;
  /** Of SCIM 2.0. */
  readonly patchReply?: 'users' | 'all' | 'none';
  /** Unit: bytes. */
  readonly maxBody?: number;
  /** Unit: ms. */
  readonly deadline?: number;
  readonly passingStatus?: 429 | 503;
  /** What a client has to know; anybody may call otherwise. */
  readonly token?: string;
  /** Another way to learn who calls; what no configuration file can say. */
  readonly method?: Method;
  /** Another protocol than SCIM 1.1; what no configuration file can say. */
  readonly protocol?: Protocol;
  /** Told of every operation; what no configuration file can say. */
  readonly observer?: Observer;
  /** Given what stores tell of their writes; what no configuration file can say. */
  readonly trails?: TrailSource;
  /** A store with a fault, for `itWithFault`; what no configuration file can say. */
  readonly backend?: Backend;
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests read replies of every shape
  readonly body: any;
}

export interface LogLine {
  readonly level: string;
  readonly fields: Record<string, unknown>;
  readonly message: string;
}

/** Where one protocol is spoken. */
export interface Speaker {
  /** Base URL of the mount, without a slash at the end. */
  readonly url: string;
  request(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>;
}

export interface TestServer extends Speaker {
  /** The same people, spoken of in another version. */
  speaking(version: '1.1' | '2.0'): Speaker;
  /** What the log says of all that has been answered so far. */
  lines(): Promise<readonly LogLine[]>;
  close(): Promise<void>;
}

/** A connector on a real socket: the executable that CONNECTOR_BIN names, or else one in the process of the tests. */
export const startServer: (options?: StartOptions) => Promise<TestServer> = isPackaged
  ? startExecutable
  : startInProcess;

/** A test that plants a fault inside the server, which cannot be done with an executable. */
export const itWithFault = (title: string, run: () => Promise<void>): Mocha.Test =>
  isPackaged ? it.skip(`${title} (needs a fault inside the server)`, run) : it(title, run);
