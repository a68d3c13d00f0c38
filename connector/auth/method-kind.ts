import type { CredentialKind } from './credentials/credential.ts';
import type { AuthSettings, Issued, Method } from './method.ts';

/** A field of Okta's form and what to write there. */
export interface FormField {
  readonly field: string;
  readonly value: string;
  /** Not to be pasted. */
  readonly hint?: string;
}

/** Okta's form "Configure SCIM Connector", as far as it depends on the method. */
export interface OktaForm {
  /** The choice under "Authorization type". */
  readonly authorizationType: string;
  /** The secret as Okta is to send it. */
  secret(settings: AuthSettings, secret: string): string;
  /**
   * The fields that follow the type; `secret` is what `secret()` made, perhaps with a hint.
   * @param root  of the app, as a URL without the version of SCIM
   */
  fields(
    settings: AuthSettings,
    username: string,
    secret: Omit<FormField, 'field'>,
    root: string,
  ): readonly FormField[];
}

/** How clients are told of it: an element of `authenticationSchemes` (SCIM 1.1 Core §9). */
export interface Scheme {
  readonly name: string;
  readonly description: string;
  readonly specUrl?: string;
  readonly type: string;
  readonly primary: boolean;
}

/** A setting that is missing, useless or weak. */
export interface SettingFault {
  readonly setting: keyof AuthSettings;
  readonly text: string;
  /** It works all the same. */
  readonly warning?: true;
}

/** What there is to know about a method, whoever asks: configuration, discovery, the sheet for Okta, the request. */
export interface MethodKind<Name extends string = string> {
  /** In the configuration: `auth.method`. */
  readonly name: Name;
  /** Everybody is let in: to be served to this host alone. */
  readonly open: boolean;
  /** What `token add` has to make for it; absent when it takes none of these. */
  readonly credential?: CredentialKind;
  readonly scheme: Scheme;
  readonly okta: OktaForm;
  /** The headers with which a client shows the secret. */
  login(settings: AuthSettings, username: string, secret: string): Readonly<Record<string, string>>;
  /** Whether the settings themselves hold a credential. */
  isSet(settings: AuthSettings): boolean;
  check(settings: AuthSettings): Iterable<SettingFault>;
  /** An access token for the connector's own examination of itself. @param key  of the app's tokens */
  ownToken?(settings: AuthSettings, app: string, key: () => Buffer): string;
  /** Looks at what it needs elsewhere and says what is there. @throws Error why it cannot be had */
  examine?(settings: AuthSettings): Promise<string>;
  create(settings: AuthSettings, issued: Issued): Method;
}
