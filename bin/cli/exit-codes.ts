/** What the process ends with. Documented in docs/cli.md; scripts rely on the numbers. */
export const EXIT = {
  ok: 0,
  /** Also of `status`: the service does not run. */
  unexpected: 1,
  /** What was asked for is not there. */
  nothing: 1,
  /** Of a preview: something stands in the way. */
  found: 1,
  /** Wrong usage or invalid configuration. */
  usage: 2,
  /** Backend unreachable, or it refused us. */
  backend: 3,
  /** TLS or certificate. */
  tls: 4,
  /** Secret, token or permission. */
  secret: 5,
  /** Checks of more than one kind failed. */
  failed: 6,
  /** Checks ended with warnings, and `--strict` was given. */
  warnings: 7,
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export const exitCodeMeanings: readonly (readonly [ExitCode, string])[] = [
  [EXIT.ok, 'success'],
  [
    EXIT.unexpected,
    'unexpected failure; "explain" and "trace": nothing was found; "trust": the agent does not trust us; a preview: something stands in the way',
  ],
  [EXIT.usage, 'wrong usage or invalid configuration'],
  [EXIT.backend, 'backend unreachable, or it refused the connector'],
  [EXIT.tls, 'TLS or certificate problem'],
  [EXIT.secret, 'secret, token or permission problem'],
  [EXIT.failed, 'checks of more than one kind failed'],
  [EXIT.warnings, 'checks ended with warnings (only with --strict)'],
  [EXIT.interrupted, 'interrupted by Ctrl-C ("serve": by a second one), or a question answered with no'],
];
