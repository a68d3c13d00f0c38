import type { Gauge } from '../backend/backend.ts';

const seconds = (date: Date): number => Math.floor(date.getTime() / 1000);

/** @param notAfter  of the certificate that is served */
export const certificateExpiry = (notAfter: Date): Gauge => ({
  name: 'certificate_expiry_timestamp_seconds',
  help: 'When the certificate that the connector shows ends, as Unix time',
  value: seconds(notAfter),
});

/** Of credentials that end. Their names are the operator's. */
export const credentialExpiry = (
  credentials: readonly { readonly name: string; readonly expires?: string }[],
): readonly Gauge[] =>
  credentials.flatMap(({ name, expires }) =>
    expires === undefined
      ? []
      : [
          {
            name: 'token_expiry_timestamp_seconds',
            help: 'When a token or Basic login ends, as Unix time; only those that end are listed',
            value: seconds(new Date(expires)),
            labels: { name },
          },
        ],
  );
