import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import type { JSONWebKeySet } from 'jose';
import { readNamedFile } from '../../text/read-named-file.ts';
import { KeysUnavailable, parseKeySet } from './key-set.ts';

/** Hundreds of keys. Unit: bytes. */
const LARGEST = 64 * 1024;
/** For the whole of it. Unit: ms. */
const PATIENCE = 5000;

export interface KeyPlace {
  /** https. */
  readonly uri: string;
  /** Trusted instead of the usual authorities. PEM. */
  readonly caFile?: string | undefined;
  /** Unit: ms. */
  readonly patience?: number;
}

const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'no such host name',
  EAI_AGAIN: 'its name cannot be looked up for now',
  ECONNRESET: 'it closed the connection',
  ETIMEDOUT: 'it does not answer',
};

const CERTIFICATE = /^(CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_|ERR_SSL_|EPROTO$)/;

function reason(error: unknown): string {
  const { code = '' } = error as NodeJS.ErrnoException;
  if (CERTIFICATE.test(code)) return `its certificate is not trusted (${code}); name its CA in auth.jwks_ca_file`;
  return WORDS[code] ?? `cannot be reached (${code || 'no reason given'})`;
}

function authorityIn(file: string | undefined): string | undefined {
  try {
    return file === undefined ? undefined : readNamedFile(file).toString('utf8');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new KeysUnavailable(`the file of jwks_ca_file cannot be read (${code ?? 'unknown reason'})`, { cause });
  }
}

async function textOf(response: IncomingMessage): Promise<string> {
  const { statusCode = 0 } = response;
  if (statusCode >= 300 && statusCode < 400)
    throw new KeysUnavailable(`it answered ${statusCode}, a redirect; name the final place in auth.jwks_uri`);
  if (statusCode !== 200) throw new KeysUnavailable(`it answered ${statusCode}`);
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > LARGEST) throw new KeysUnavailable(`its answer is longer than ${LARGEST} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** One GET, which follows no redirect and asks for nothing compressed. @throws KeysUnavailable */
export async function fetchKeys({ uri, caFile, patience = PATIENCE }: KeyPlace): Promise<JSONWebKeySet> {
  const ca = authorityIn(caFile);
  const signal = AbortSignal.timeout(patience);
  const sent = request(uri, {
    agent: false,
    signal,
    ...(ca === undefined ? {} : { ca }),
    headers: { accept: 'application/jwk-set+json, application/json', 'user-agent': 'scim-connector' },
  });
  try {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      sent.once('response', resolve).once('error', reject).end();
    });
    return parseKeySet(await textOf(response));
  } catch (cause) {
    if (cause instanceof KeysUnavailable) throw cause;
    if (signal.aborted) throw new KeysUnavailable(`it does not answer within ${patience / 1000} s`, { cause });
    throw new KeysUnavailable(reason(cause), { cause });
  } finally {
    sent.destroy();
  }
}
