import { EndlessReply } from '../../../simulator/http-client.ts';
import { type Failed, failed } from '../step.ts';
import type { NoReply } from '../wire.ts';
import { javaText } from './okta-words.ts';
import { isTlsCode, tlsFailure } from './tls-failure.ts';

/** What a system's error means: its cause, what to do, what Java says. `HOST` and `PORT` stand for those of the URL. */
const CAUSES: Readonly<
  Record<string, Pick<Failed, 'cause' | 'fix'> & { readonly command: string; readonly java: string }>
> = {
  ECONNREFUSED: {
    cause:
      'nothing listens at HOST, port PORT: the service is stopped, listens elsewhere, or a firewall turns calls away',
    fix: 'See whether it runs and where it listens, then try it',
    command: 'curl -vk ORIGIN/',
    java: 'java.net.ConnectException: Connection refused',
  },
  ENOTFOUND: {
    cause: 'the name HOST is not known on this host: a slip in the base URL, or a name that only other networks know',
    fix: 'Ask for the name, here and on the host of the agent, and correct the base URL',
    command: 'nslookup HOST',
    java: 'java.net.UnknownHostException: HOST',
  },
  ETIMEDOUT: {
    cause: 'nothing came back from HOST at all: a firewall drops calls to port PORT, or the address is wrong',
    fix: 'Open the port in the firewall of that host and in between, then try it',
    command: 'curl -vk --max-time 10 ORIGIN/',
    java: 'java.net.ConnectException: Connection timed out',
  },
  EHOSTUNREACH: {
    cause: 'there is no way to HOST from this host: a route or a firewall is missing',
    fix: 'Ask whoever runs the network, with what this shows',
    command: 'ping -c 3 HOST',
    java: 'java.net.NoRouteToHostException: No route to host',
  },
  ECONNRESET: {
    cause: 'the server at HOST hung up without an answer: it crashed, or a proxy in between gave up',
    fix: 'Look into the log of the server at that moment, and try it',
    command: 'curl -vk ORIGIN/',
    java: 'java.net.SocketException: Connection reset',
  },
  HPE: {
    cause: 'what listens at HOST, port PORT speaks no HTTP',
    fix: 'Correct host and port of the base URL, and try it',
    command: 'curl -vk ORIGIN/',
    java: 'org.apache.http.NoHttpResponseException: HOST failed to respond',
  },
};
const ALIKE: Readonly<Record<string, string>> = {
  EAI_AGAIN: 'ENOTFOUND',
  ENETUNREACH: 'EHOSTUNREACH',
  EADDRNOTAVAIL: 'EHOSTUNREACH',
  EPIPE: 'ECONNRESET',
  ECONNABORTED: 'ECONNRESET',
};

const codeOf = (error: unknown): string => {
  // Several addresses were tried.
  const first = error instanceof AggregateError ? error.errors[0] : error;
  const { code = '' } = (first ?? {}) as NodeJS.ErrnoException;
  return code.startsWith('HPE_') ? 'HPE' : (ALIKE[code] ?? code);
};

function lateFailure({ told, limit = 0, url }: NoReply): Failed {
  return failed({
    text: `${told}: no answer within ${limit / 1000} s`,
    cause: 'the server took the request and does not answer it: what it asks itself, a directory or a database, hangs',
    fix: 'See in the log of the server what it waits for, and how long this takes',
    command: `curl -sk -o /dev/null -w '%{http_code} %{time_total} s\\n' '${url}'`,
    okta: javaText(
      told,
      'java.net.SocketTimeoutException: Read timed out (after the "Timeout for API calls" of the app, 30 s at least)',
    ),
    isFatal: true,
  });
}

/** Nothing came that could be judged. */
export function networkFailure(failure: NoReply): Failed {
  const { told, url, cause, limit } = failure;
  if (limit !== undefined) return lateFailure(failure);
  if (cause instanceof EndlessReply)
    return failed({
      text: `${told}: ${cause.message}`,
      cause: 'the reply does not end, or the server does not honour count and sends everybody at once',
      fix: 'Answer startIndex and count with that page alone',
      okta: javaText(told, 'java.lang.OutOfMemoryError: Java heap space'),
      isFatal: true,
    });
  const code = codeOf(cause);
  if (isTlsCode(code)) return tlsFailure({ code, url, told, error: cause });
  const { hostname, port, protocol, origin } = new URL(url);
  const filled = (text: string): string =>
    text
      .replaceAll('HOST', () => hostname.replace(/^\[|\]$/g, ''))
      .replaceAll('PORT', port || (protocol === 'https:' ? '443' : '80'))
      .replaceAll('ORIGIN', () => origin);
  const known = CAUSES[code] ?? CAUSES['ECONNRESET'];
  if (known === undefined) throw failure;
  return failed({
    text: `${told}: no answer (${code || failure.message})`,
    cause: filled(known.cause),
    fix: filled(known.fix),
    command: filled(known.command),
    okta: javaText(told, filled(known.java)),
    isFatal: true,
  });
}
