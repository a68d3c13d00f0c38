/** What doctor says of a fault that is planted beside it. */
export interface Expected {
  /** Of the step that says it. */
  readonly step: string;
  readonly status: 'ok' | 'warning' | 'failed';
  readonly text: RegExp;
  readonly cause?: RegExp;
  /** Fix and command. */
  readonly fix?: RegExp;
  readonly okta?: RegExp;
}

/** Only a call of Okta's shows it: told from the last ones. */
const called = (text: RegExp): Expected => ({
  step: 'oktaSoFar',
  status: 'warning',
  text,
  fix: /explain [0-9A-Z]{4}-[0-9A-Z]{4}/,
});

/** The service cannot start, and why is the one thing that is red. */
const start = (text: RegExp, cause: RegExp, fix: RegExp): Expected => ({
  step: 'service',
  status: 'failed',
  text,
  cause,
  fix,
  okta: /ConnectException: Connection refused/,
});

const backend = (text: RegExp, cause: RegExp, fix: RegExp): Expected => ({
  step: 'backend',
  status: 'failed',
  text,
  cause,
  fix,
});

/** By the name of the planted fault. */
export const EXPECTED: Readonly<Record<string, Expected>> = {
  'a wrong header': called(/no X-Scim-Token header, only Authorization/),
  'a bare token': { step: 'bareToken', status: 'ok', text: /in Okta the word belongs before the token/ },
  'an expired token': {
    step: 'oktaCredential',
    status: 'failed',
    text: /okta expired: every request is answered 401/,
    cause: /made for a limited time/,
    fix: /token add okta2/,
    okta: /Error code: 401, error: Unauthorized/,
  },
  'a base URL with /v3': called(/speaks SCIM 1\.1 and SCIM 2\.0: use \/scim\/v1\/ or \/scim\/v2\//),
  'the base URL of the other version': called(/the request is SCIM 1\.1, and SCIM 2\.0 is spoken here/),
  'a custom attribute without a namespace': {
    step: 'customAttributes',
    status: 'warning',
    text: /okta_app is still "onprem_app"/,
    fix: /okta schema/,
  },
  'an agent without our CA': {
    step: 'oktaSoFar',
    status: 'warning',
    text: /does not trust our CA/,
    fix: /cert export-ca scim-ca\.pem/,
  },
  'a port that is taken': start(/is taken by/, /another program/i, /ss -ltnp/),
  'a full disk': backend(/0 MiB left; free some space/, /Nothing can be stored/, /df -h/),
  'a locked file': backend(/is locked by another program/, /has the file open/, /fuser -v \/\S+people\.db/),
  'a read-only file': start(/cannot be written/, /may only be read/, /chown scim-connector: \/\S+people\.db/),
  'a user name that is taken': called(/is already in use by another resource/),
  'a password that has no place': {
    step: 'getImplementedUserManagementCapabilities',
    status: 'ok',
    text: /9 of 10 functions, not PUSH_PASSWORD_UPDATES/,
  },
  'an unknown member': called(/no User or Group has the id/),
  'an id that is gone': called(/User "…" not found/),
  'a value that the schema refuses': called(/does not have the form that the directory asks for/),
  'an e-mail address that somebody else has': called(/is already in use by another entry/),
  'a name that is too long': called(/is too long to name an entry/),
  'a password policy': called(/password is too short for the directory/),
  'a member who was deleted in the directory': called(/no User or Group has the id/),
  'a certificate that has expired': start(
    /has expired on 2021-02-03/,
    /whose time is over/,
    /s_client -connect localhost:\d+ /,
  ),
  'clocks that differ': start(/not valid before 2090-01-02/, /clocks is wrong/, /timedatectl/),
  'a size limit': backend(/cuts a paged search short/, /cut a search off/, /scim-connector check/),
  'a service account with a wrong password': start(
    /invalidCredentials \(49\)/,
    /logs in to the directory with a service account/,
    /ldapwhoami -H ldaps:\/\/localhost:\d+ -D "cn=scim,/,
  ),
  'a certificate for another name': start(
    /not ldap2\.corp\.example/,
    /name that is not in its certificate/,
    /ldap\.servername/,
  ),
  'a certificate of an authority that is not known': start(/CN=Directory test CA/, /does not know/, /ldap\.ca_file/),
  'a directory that is frozen': backend(
    /the server or the network is silent/,
    /takes connections and then says nothing/,
    /scim-connector check/,
  ),
  'an access rule': backend(/may not add and remove entries/, /access control forbids/, /check --print-acl/),
  'a missing index': {
    step: 'backend',
    status: 'warning',
    text: /looking somebody up by uid takes \d+ ms, which is a scan/,
    fix: /olcDbIndex: uid eq|scim-connector check/,
  },
};
