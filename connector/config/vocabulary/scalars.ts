import * as z from 'zod';
import { isHostName, isNetwork, type Listen, parseListen } from './listen.ts';
import { durationPattern, formatDuration, formatSize, parseDuration, parseSize, sizePattern } from './quantity.ts';

/** How a setting is written, beyond JSON's types. Read by flags, environment, messages and the reference page. */
export type Kind =
  | 'duration'
  | 'size'
  | 'listen'
  | 'path'
  | 'secret'
  | 'url'
  | 'networks'
  | 'hosts'
  | 'attributes'
  | 'texts';

/** `x-` keywords travel into the JSON Schema, where editors ignore them and `settings.ts` reads them. */
interface About {
  readonly description: string;
  /** What the default is when it depends on other settings. */
  readonly computed?: string;
  /** A value for the example file, where there is no default. */
  readonly example?: unknown;
  /** What a value must look like, where neither its kind nor its type says it. */
  readonly expected?: string;
}

export const about = (kind: Kind | undefined, { description, computed, example, expected }: About) => ({
  description,
  ...(kind ? { 'x-kind': kind } : {}),
  ...(expected === undefined ? {} : { 'x-expected': expected }),
  ...(computed === undefined ? {} : { 'x-computed': computed }),
  ...(example === undefined ? {} : { 'x-example': example }),
});

/** A setting that need not be given and has no default in the schema. */
export const optional = <Schema extends z.ZodType>(schema: Schema, details: About) =>
  z.exactOptional(schema).meta(about(undefined, details));

/** Text → number by `parse`, between `least` and `most`, both written the way the operator writes them. */
const quantity =
  (
    kind: 'duration' | 'size',
    pattern: RegExp,
    parse: (text: string) => number | undefined,
    format: (n: number) => string,
  ) =>
  (least: string, most: string, details: About) => {
    const [from = 0, to = 0] = [parse(least), parse(most)];
    return z
      .string()
      .regex(pattern)
      .transform((text, context) => {
        const amount = parse(text) ?? Number.NaN;
        if (amount >= from && amount <= to) return amount;
        context.addIssue({ code: 'custom', message: `must lie between ${format(from)} and ${format(to)}` });
        return z.NEVER;
      })
      .meta(about(kind, details));
  };

export const duration = quantity('duration', durationPattern, parseDuration, formatDuration);
export const size = quantity('size', sizePattern, parseSize, formatSize);

export const listen = (details: About) =>
  z
    .string()
    .transform((text, context): Listen => {
      const parsed = parseListen(text);
      if (parsed) return parsed;
      context.addIssue({ code: 'invalid_format', format: 'listen', input: text });
      return z.NEVER;
    })
    .meta(about('listen', details));

export const path = (details: About) => z.string().min(1).meta(about('path', details));

/** The URL up to before the app's path. Kept without trailing slash. */
export const baseUrl = (details: About) =>
  z
    .string()
    .transform((text, context) => {
      const url = URL.canParse(text) ? new URL(text) : undefined;
      const wrong = (message: string) => {
        context.addIssue({ code: 'custom', message });
        return z.NEVER;
      };
      if (!url || !/^https?:$/.test(url.protocol))
        return wrong('must be a URL such as "https://idm01.corp.example:8443"');
      if (url.search || url.hash || url.username || url.password || text.includes('?') || text.includes('#'))
        return wrong('must hold no query, fragment or credentials; write only scheme, host, port and path prefix');
      if (/\/v\d+\/*$/.test(url.pathname))
        return wrong("must stop before the app's path; leave out what [apps.NAME] path already says");
      return url.href.replace(/\/+$/, '');
    })
    .meta(about('url', details));

/** Where something is sent: kept as it is, but for credentials, which it must not hold. */
export const webUrl = (details: About) =>
  z
    .string()
    .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), 'must be an https:// URL')
    .refine(
      (text) => !URL.canParse(text) || (new URL(text).username === '' && new URL(text).password === ''),
      'must hold no user name or password',
    )
    .meta(about('url', details));

const MAIL_ADDRESS = /^[^\s@<>,;:"()\p{Cc}]+@[^\s@<>,;:"()\p{Cc}]+$/u;

/** RFC 5321 §4.1.2, without quoted local parts. */
export const mailAddress = (details: About) =>
  z.string().regex(MAIL_ADDRESS, 'must be an address such as "ops@corp.example"').meta(about(undefined, details));

const list = (kind: Kind, accepts: (text: string) => boolean, complaint: string) => (details: About) =>
  z.array(z.string().refine(accepts, complaint)).meta(about(kind, details));

export const networks = list('networks', isNetwork, 'must be an address or network such as "10.1.0.0/16"');
export const hosts = list('hosts', isHostName, 'must be a host name or an IP address');
export const texts = (complaint: string, accepts: (text: string) => boolean) => list('texts', accepts, complaint);
export const mailAddresses = list(
  'texts',
  (text) => MAIL_ADDRESS.test(text),
  'must be an address such as "ops@corp.example"',
);
export const attributes = list('attributes', (text) => text !== '', 'must be an attribute path such as "title"');

/** A distinguished name, RFC 4514; the directory judges the rest. */
export const dn = (details: About) =>
  z
    .string()
    .regex(/^\s*[\w.-]+\s*=.+$/s, 'must be a DN such as "ou=people,dc=example,dc=com"')
    .meta(about(undefined, details));

/** Where a secret is to be found. The secret itself never stands in the file. */
export const secret = (details: About) =>
  z
    .strictObject({
      env: z.string().min(1).exactOptional().describe('Name of an environment variable that holds it'),
      file: z.string().min(1).exactOptional().describe('File that holds it; a final line break is not part of it'),
      secret: z.string().min(1).exactOptional().describe('Name in the secret store (secret set NAME)'),
    })
    .refine((where) => Object.keys(where).length === 1, 'must name exactly one of env, file and secret')
    .brand<'secret'>()
    .meta(about('secret', details));

export type SecretReference = z.infer<ReturnType<typeof secret>>;
