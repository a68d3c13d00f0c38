import { createTransport } from 'nodemailer';
import type { Secret } from '../../secrets/secret.ts';
import type { Message } from '../alert.ts';
import { type Channel, DeliveryError } from '../channel.ts';
import { networkFault } from '../network-fault.ts';
import { bodyText, subject } from '../words.ts';

export interface EmailOptions {
  readonly host: string;
  readonly port: number;
  readonly from: string;
  readonly to: readonly string[];
  readonly user?: string;
  readonly password?: Secret;
  /** Trusted instead of the usual ones. PEM. */
  readonly ca?: string;
  /** The host is this machine: what is sent is seen by nobody else. */
  readonly isLoopback: boolean;
  /** For each step. Unit: ms. */
  readonly patience?: number;
}

const PATIENCE = 10_000;
/** RFC 8314 §3.3: TLS from the start. */
const SUBMISSIONS = 465;

interface SmtpError extends Error {
  readonly code?: string;
  /** RFC 5321 §4.2. */
  readonly responseCode?: number;
}

/** A mail server's words may quote what was sent: its number and ours are enough. */
function faultOf(error: SmtpError, { host, port, to }: EmailOptions): DeliveryError {
  const server = `${host}:${port}`;
  const { code = '', responseCode } = error;
  const number = responseCode === undefined ? '' : ` (${responseCode})`;
  if (code === 'EAUTH')
    return new DeliveryError(
      'secret',
      `${server}: refused the login${number}; set alerts.email.user and password`,
      false,
      {
        cause: error,
      },
    );
  if (code === 'ETLS' && responseCode !== undefined)
    return new DeliveryError('tls', `${server}: offers no STARTTLS; use a port with TLS, such as 465`, false, {
      cause: error,
    });
  if (code === 'EENVELOPE')
    return new DeliveryError(
      'refused',
      `${server}: refused the sender or a receiver${number}; check alerts.email.from and to (${to.join(', ')})`,
      responseCode !== undefined && responseCode < 500,
      { cause: error },
    );
  if (responseCode !== undefined)
    return new DeliveryError('refused', `${server}: refused the message${number}`, responseCode < 500, {
      cause: error,
    });
  return networkFault(error, server, 'alerts.email.ca_file');
}

/** Mail by SMTP. Nothing leaves this machine unencrypted. */
export class Email implements Channel {
  readonly name = 'email';
  readonly to: string;
  readonly #options: EmailOptions;

  constructor(options: EmailOptions) {
    this.#options = options;
    this.to = `${options.to.join(', ')} by ${options.host}:${options.port}`;
  }

  async send(message: Message): Promise<string> {
    const { host, port, from, to, user, password, ca, isLoopback, patience = PATIENCE } = this.#options;
    const secure = port === SUBMISSIONS;
    const transport = createTransport({
      host,
      port,
      secure,
      requireTLS: !secure && !isLoopback,
      tls: {
        minVersion: 'TLSv1.2',
        ...(ca === undefined ? {} : { ca }),
        ...(isLoopback && ca === undefined ? { rejectUnauthorized: false } : {}),
      },
      ...(user === undefined || password === undefined ? {} : { auth: { user, pass: password.reveal() } }),
      connectionTimeout: patience,
      greetingTimeout: patience,
      socketTimeout: patience,
      dnsTimeout: patience,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    try {
      const { response, rejected } = await transport.sendMail({
        from,
        to: [...to],
        subject: subject(message),
        text: bodyText(message),
        messageId: `<${message.id}@scim-connector>`,
        date: new Date(message.time),
        headers: { 'Auto-Submitted': 'auto-generated' },
      });
      const refused = rejected.length === 0 ? '' : `, but not for ${rejected.join(', ')}`;
      return `accepted (${String(response).slice(0, 3)})${refused}`;
    } catch (error) {
      throw faultOf(error as SmtpError, this.#options);
    } finally {
      transport.close();
    }
  }
}
