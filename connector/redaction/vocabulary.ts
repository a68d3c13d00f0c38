/**
 * Words that give nobody away: the ordinary ones among those of our own texts, names of attributes and settings, and what
 * directories and operating systems say. The case counts: "mark" is a word, and "Mark" may be somebody.
 */
export const VOCABULARY: ReadonlySet<string> = new Set(
  `
ACCOUNT ADD AFTER AGAIN ALERT ALL ALSO ALTER ANALYZE AND API APP APPLICATION APPS AS ASSIGNMENT ATTRIBUTE Accept
Action Active ActiveState Add Address AdminRefusal After Agent Agents Alerts All Allow Also Always AmbientCapabilities
An Another Answer Any Apache App Applies Array As Ask Assign At AtrErr Attribute Attributes Authenticate
Authenticators Authority Authorization Auto BACKUP BASE BEGIN BIN BINARY BIND BODY BUSY BY Back Backups Bad Basic
Bearer Before Bulk By Bytes CA CASCADE CASE CAST CERT CERTIFICATE CHAIN CHANGED CHAR CHECK CLASS CLASSES CLOSE CLOSED
CLOSING CODE COLLATE COLOR COLUMN COMMANDS COMMIT CONFLICT CONNECTOR COPY CORRUPT CREATE CREATED CREDENTIALS CROSS CSV
Cache CacheDirectory CacheDirectoryMode Capability CapabilityBoundingSet Certificate CertificateError
CertificateException Certificates Change Changes ChannelError Check Choose Client Code Collect Colors Command
CommandError Compare Complaint ConditionPathExists ConfigError Configuration Configure Connect ConnectException
Connection Connections Connector Connects Constraint Consumed Consumer Content Control Copy Core Create Creating
CredentialError Custom DE DEACTIVATION DEADLINE DEBUG DEFAULT DELETE DEPTH DESCRIPTION DIRECTORY DISTINCT DN DNS DO
DOMAIN DROP DateTime Deactivate Deactivated Default DeliveryError Description Digest Direction Directory
DirectoryString Display DisplayName DistinguishedName Does EACCES EADDRINUSE EAGAIN EAUTH EBUSY ECDHE ECDSA
ECONNREFUSED ECONNRESET ED EDNS EDQUOT EENVELOPE EEXIST EFBIG EHOSTUNREACH EINVAL EISDIR ELSE EMFILE ENCRYPTED END
ENETUNREACH ENFILE ENOENT ENOSPC ENOSYS ENOTDIR ENOTFOUND ENOTSOCK ENOTSUP ENTRY ENVIRONMENT EOPNOTSUPP EPERM EPIPE
EQUALITY EROFS ERR ERROR ESRCH ETIMEDOUT ETLS EVENT EXAMPLES EXCEPT EXISTS EXIT EXPIRED EXPIRES EXPLAIN EXTERNAL Each
Ed Editor Enabled Encoding End English Enter Entries Entry Environment EnvironmentFile Equal Error Errors Event Every
Everything Everywhere Examples Excel ExecReload ExecStart Exit Explain External FALSE FILE FILES FLAG FROM FULL Failed
Failures Field Fields Figures File Files Filter Filters Find First Fix Flags Folder For Format Forwarded Free From GET
GROUP Generated Generator Get GiB Give Go Group Groups HAS HAVING HEAD HEADER HOLDER HOST HTTP HTTPS HUP Hashes Header
HeapProfiler HelpBlocks Host How HttpClient I ID IDENTIFIER IGNORE IMMEDIATE IMPORT IMPORTS IN INCREMENTAL INDEX
INDEXED INFORMATION INSERT INSTANCE INTEGER INTO INVALID INVOCATION IP IS ISO ISSUER Id Identifies If Imports In
Inbound Indicates Install Instant Insufficient Integration Internal Invalid It Its JAVA JOIN JSON JUNK Java JavaScript
KEPT KEY KIND Keep Key KiB Kind LAST LDAP LDIF LEAF LEFT LIMIT LINE LOCALLY LOCKED Large Largest Last LdapApp LdapErr
LdapFailure Least Length Let Lets Linux List ListResponse Listen LoadCredential LoadState LocalPort Location LockError
LockPersonality LockedOut Log Login Longest Look MANIFEST MESSAGE MM MUST Made Mail Main Make Map Mappings Markdown
Match Matching MaxEvents MaxPageSize Meaning Members Memory MemoryCurrent MemoryMax Method MiB Modify More Most NAME
NATIVE NEW NO NODE NON NORMAL NOT NOTHING NOTIFY NTLM NULL NULLS NUMBER Name Names Naming Negotiate NetConnection
NetFirewallRule Never New Next No NoAnswer NoNewPrivileges Nobody Node None Not Nothing NotifyAccess Number Numeric
OFF OFFSET OI ON ONLY OPENING OPP OPTIONS OPTS OR ORDER ORDERING OTHER OVER OVERFLOW Object Of Off Often Okta
OktaProvisioningAgent On One Only Open OpenLDAP Opens OperationError Operations Options Or Ours Override OwningProcess
PARTITION PASSWORD PATCH PATH PEM PENDING PERM PFX PGPASSWORD PKCS PLAN POOLER PORT POST PREMATURE PRIMARY PRIORITY
PRIVATE PROFILE PROTOCOL PUSH PUT Part Partial Password PasswordExpired Passwords PatchOp Path Patroni People Phone
Pieces Plain Please Port Ports PostgreSQL Premises President Print Private PrivateDevices Processor Profile Program
ProgramData Promise Properties ProtectClock ProtectControlGroups ProtectHome ProtectKernelLogs ProtectKernelModules
ProtectSystem ProtectionError Protocol Prove Provider Provisioning Proxies Push Put QUERY QUOTE RDN REACTIVATE READ
RECURSIVE REF REFERENCES RELEASE REPLACE REQUEST REQUIRED RETURNING REVOKED RFC ROLLBACK RSA Raise Read Reads Received
Receivers Record Records Refuse Refused Remove Rename Replace Request Requests Required Reset Resource ResourceType
ResourceTypes Resources Restart RestartPreventExitStatus RestartSec Restore RestrictAddressFamilies RestrictRealtime
Results Retry Right Run Running SASL SCIM SECTION SEE SELECT SELF SERVER SET SETTING SHA SID SIGHUP SIGINT SIGNATURE
SIGNED SIGTERM SMALL SMTP SO SOCKET SPECIAL SQL SQLITE SSL STATE STATUS STORE STREAM STRICT SUFFIX SUP SYNOPSIS SYNTAX
Samba Save Saving Say Scheduled Schema Schemas ScimError SearchBase Secrets Security See Select Send Sender Serve
Server Servers Service ServiceProviderConfig Set Setting Settings Several Shorten Shortly Show Shown Size So
SocketTimeoutException Somebody Something Stand Stands Start StartLimitIntervalSec StartTLS Started Starting State
StateDirectory StateDirectoryMode Stop Stopped Stopping Store String Submitted Subtracted Such Suffix Suggest
SunCertPathBuilderException Support SvcErr Switch Sync SysErr System SystemCallArchitectures SystemCallErrorNumber
SystemCallFilter SystemErr SystemRoot TABLE TCP TEMP TEXT THEN TIMEOUT TLS TO TOML TOO TRAILING TRIGGER TRUE Take Tell
Template Templates Term Test Text TextError That The Then There They This Time Timeout TimeoutStartSec TimeoutStopSec
Times Title To Today Token Told Too Transactions Try Two Type UNABLE UNBROKEN UNION UNIQUE UNSUPPORTED UPDATE UPDATES
URI URL US USED USER USERNAME USERS UTC UTF Undefined UnfitFile Unique Unit UnitFileState UnknownHostException
Unwilling UpdErr Update Usage Use Used User Username Users VALID VALUE VALUES VARIABLE VERB VERIFY VERSION VIEW Value
Values Variable Versions Vice Violation WAITS WAL WARNING WHEN WHERE WHO WITH WITHOUT WORDS WRITABLE WRONG Wait
WantedBy Wants Western What When Where Whether Which Who Whoever Whom Whose Why Widen WinEvent Windows With Without
Words Write Written Wrong YET Your ZERO a abandon able abort about above abroad absence absent accept acceptable
accepted accepting accepts access accessed account accounts aci acl action activate activateUser activation active
actor add added address addresses adds admin adminLimitExceeded administrative administrator administrators admins
advertised advertises advisory after afterwards again against age agent agentDistrusts agents ago agree agrees ahead
aim alert alertLost alertTest alerts alias all allow allowHttp allowed allowedChildClassesEffective allows alone alpha
alphanumeric already also alternative always amp an and anew announced announces anonymous another answer answered
answering answers any anything api apos apostrophe app appears append application applies apply appropriate apps apt
archive are argument arguments around array arrive arrives as ascending ascii aside ask asked asking asks assembler
assertionFailed asserts assign assigned asynchronous at atom atomic att attempt attempts attribute
attributeOrValueExists attributeSchema attributeSyntax attributeTypes attributes attrs audit auditAnchor auditFails
auth authMethodNotSupported authenticate authentication authenticationSchemes authenticator authorities authority
authorization authorizationType auto available await away axios back backOff backUp backend backendDown
backendDuration backendUp backs backslash backup backups bad badge badgeId bag bar barCompleteChar barIncompleteChar
bare base baseUrl bases bash basic be bearer became because become becomes been before beforehand began begin begins
begun behind being believe believed believes belong belongs below beside besides better between beyond bin binary bind
bit bits blank blanks block blocks bodies body bold boolean bor boss both bound bracket brackets branch break breaks
bring brings broke broken brought browser buffer buffers bug build builder building built bulk bulkBody bulkId
bulkMaxOperations bulkMaxPayload bundle businessCategory busy but by byte bytes c ca caFile cache caches call called
caller calling calls came camel can candidates cannot canonicalValues capabilities capital capitals carLicense card
carried carries case caseExact caseExactMatch caseIgnoreMatch casual cat cause cell cells center cert certFile certain
certificate certificateEnded certificateEnds certificateGood certificateKept certificateUnfit certificates
certification chain challenge change changePassword changed changes changetype changing channel channels character
characters check checkExpectation checkHomes checkPassword checkPlaces checkUserExists checked checkout checks
checksum checksums child childName children choice choices choose chooses choosing chosen cipher ciphers circumstances
city class classes clear clearOnComplete clearWhenAbsent cleared clearedWhenAbsent clears clicks client clientError
clients clock clocks close closed closing cn co coalesce code codes collectGarbage collectively colon colons color
colors column columns come comes coming comings command commands commas comment commented commit commits company
compare compared compares comparesBySyntax complete completes completion complex component components compressed
computed computer concerns condition conditions conf confidentialityRequired config configFile configuration configure
configured configures confirm confirmed conflict connect connected connection connectionTimeout connections
connectionsCheckingInterval connector connectors constants constraint constraintViolation consumed consumers contact
contacts containing contains contended content contentType context contexts control controller controls cookie copied
copy core correct cost costCenter costs could count counted country counts cover cpu crash create createAgain
createConnection createGroup createNewGroup createNewUser createPendingUser createTimestamp created creates creating
credential credentialEnded credentialEnds credentialGood credentials credentialsAccepted credentialsRefused creds crlf
crt crypto csv curl currency current currentTime cursor curve custom cut cuts d daemon damaged dangling darwin dashes
data database databases date dates datetime day days db dc deactivate deactivateUser deactivated deactivates
deactivation deadline deb debian debug decided decimal declare declared decodeList decodeText decompressed decrypt
deep deeper default defaults defined deflate delete deleteGroup deleteUser deleted deletes deleting deletions
delimiter delivered delta demandOption demands denied department departmentNumber depth dereferencing descending
describe description descriptorLimit destroy detail details detect dev device diagnostic did differ differs digest
digests digits dir direct direction directly directories directory dirsrv disable disableFileAccess disableUrlAccess
disabled disallowed disappeared discard discover disk diskLow diskRoom display displayName displayed distinguished
distinguishedNameMatch distrusts division dn dns do doc docs document documents does domain done dot dots double doubt
down downgrade downloadGroups downloadUsers draft drain dropped drops dry dsid duplicate duration during each earlier
easy echo edit editor editors effect element elements elevated else elsewhere email emails employeeNumber employeeType
emptied empty en enable enabled encodeBulk encoded encoding encrypted encryption encrypts end ended endings endpoint
ends engineVersion enough ensure enter entered enterprise entitlement entitlements entries entry entryAlreadyExists
entryUUID env environment eq equal equality err error errors es escape escapeFormulas etag etc event events ever every
everyHelp everybody everything everywhere exact exactly examine example examplePart examples exceed exceeded exceeds
except excluded exec execFileSync executable execute exhausted exist existed existing exists existsSync exit exited
expansion expectations expected expects expire expired expires expiry explain explainFilter explained explains export
exported extended extension extensions external externalId externalKey extract facsimileTelephoneNumber fail
failOnErrors failed failing fails failure failures false family familyName far fast fastest fatal fault faults fax
feature features few fewFailures field fields fifteen file files fill filled filter filtered filters final find finder
findings finds fingerprint fingerprints finish finished firewall firewalls first fit fits fix fixed flag flags flatMap
flight floor flush fold folded folder follow followed for forbidden forbids force foreign foresee form format
formatListen formats formatted formatters former formulas forward forwarded forwarding found four fraction fragment
free from fromEntries frozen fsync fulfilled full fully function further future gauges gave gb gc ge generalizedTime
generalizedTimeMatch generalizedTimeOrderingMatch generate generated generic get getGroupById gets gi gid give given
givenName gives global go goes going gone good got grace greater green greetingTimeout group groupBody groupOfNames
groupOfUniqueNames grouped groups gt gu guard guarded guess guesses guid h ha had half hand handler hands handshake
handshakes hangs happened happens hard has hasMembers hash hashed hashes have hba head header headers headersTimeout
heading health healthz heap held help helpBlocks helps here hex hexadecimal hidden hideCursor hint hire history hold
holder holds home homePhone homes honorific honorificPrefix honorificSuffix hooks host hostname hosts how however http
https huge human hung id ident identically identifier identifies identify identity idle idleCheck ids if ifMatch
ignore ignored image import importGroups importUserProfile importUsers important imported imports impostor in inUse
inactive inappropriate inappropriateAuthentication inappropriateMatching included includes including incomplete
increment incremental index indexed indexes indicating indirect inetOrgPerson info inheritance input ins insecure
inside inspector install installation installed instance instant instead insufficient insufficientAccessRights integer
integerMatch integerOrderingMatch integrity intend intent intentWidth intents interface intermediate internal
interrupted interval into invalid invalidAttributeSyntax invalidCredentials invalidFilter invalidPaging invalidSyntax
invalidValue invisible is isAccount isArray isAsked isCut isDefault isDown isFinding isKeyKept isName isNews isOpen
isOver isPaged isRun isSet isTold isUrgent isWhole issue issued issuer it item items itemsPerPage its itself java job
join joined journal journalFails journalWorks journalctl journald json jsonl judge judged judges just kb keep
keepAliveTimeout keeping keeps kept key keyAt keyEnd keyFile keyOf keys kill killed kind kinds know known knows koa l
label labelNames labels lack lacks lag language languages large larger largest last lastModified lasting lasts lately
later latest ldap ldapi ldaps ldif le leading leads leadsElsewhere lease least leave leaves left leftOut length less
let lets letter letters level levels lib lie lies life lift light lights like limit limited limits line lineOf lines
link links linux list listed listen listenHost listened listener listening listens lists live loaded local localPort
locale localhost locality localizing location lock locked locks log logger login logs long longer longest look lookUps
looked lookedAt looking looks loop loopback lose lost low lower lt machine machines made mail mailing main maintained
make maker makers makes malformed manPage manager managerId managerName managers many manyFailures map mapped mapping
maps mark markdown marks masked match matches matching matters max maxBody maxGroupRemoval maxHeaderSize maxLifetime
maxOperations maxPayloadSize maxResults maxSize maxUserBody maxVersion may mayBeAtOnce mayGuess mb mean meaning means
meant meanwhile measures mediaType meet member memberOf memberUid memberof members membership memberships memory mend
mended merge message messageDetailsByMessageId messageId messageParser messages messaging met meta metadata method
methodNotAllowed methods metrics middle middleName migrate migration min minInterval minVersion minimum minute minutes
mismatch miss missing missingSecrets misspelt mistake mistyped mixes mobile moddn mode modification modifications
modified modify modifyTimestamp modrdn moment monitoring more most mostMembersPatched mostly mount mounted mounts move
moved moves moving ms msg much multi must mutability name nameAt named names namesState namespace namespaces naming
namingContexts namingViolation native naturalKey near nearly needed needs negative neither nested nests net network
networks never new newAccount newRdn newSuperior newer newest newrdn next nextAt nextMessageId nickName no
noSuchAttribute noSuchObject nobody node non nonce none nor not notAcceptable notAfter notAllowedOnNonLeaf notBefore
notFound notImplemented notation notes nothing notice notices notify now nowhere nsAccountLock nsUniqueId null number
numbered numbers numericString numericStringMatch o obeys object objectCategory objectClass objectClassModsProhibited
objectClassViolation objectClasses objectGUID objectclass objects observe observer of off offer offered offers offset
often oid ok okhttp okta old older oldest on onDatabase onFailure onImport onLost onOpen onProgress onServe once one
ones online only onprem op open openDirectory opened opening openldap opens openssl operating operation operations
operationsError operator ops opt option optional options or order ordered ordering organization organizationalPerson
organizationalRole organizationalUnit origin os other otherApp otherApps otherMailbox others otherwise ou our ours out
outbox outcome outcomeWidth outdated output outside over overlap overlaps overlay overloaded overwrite overwrites
overwritten own owner package packaged page pageSize paged pager pages paging pair paragraph paragraphs parallelism
parameter parameters parent parentOf parentheses parents parse parseDn parseEnvironment parser part partial parts
passes passing passingStatus passphrase passwd password passwordHash passwordHashes passwordUnlocks passwords past
paste pasted patch path pathLength paths patience pattern patterns payload peculiar pem pending people per percent
percentage perform permanent permission permissions permitted person personal pfx pfxFile pg pgbouncer phone
phoneNumber phoneNumbers photo photos physical pid ping pinned pipe place placeholder plain plan planned please plug
plugin plural policies policy pool pooler pools port portion position positional possible postal postalCode postgres
ppolicy pr preference preferred preferredLanguage prefix premises present presented presents pretty previous primarily
primary print printed prints private privileged problem problems process processor profile profileUrl program programs
progress project prom promises prompt proof property prose protect protected protection protections proto protocol
protocolError protocols prove proved proves provided provider provisioned provisioning proxies proxy pruned public
publicKey purpose purposes push pushPassword pushPasswordUpdate pushProfileUpdate pushed pushes put
pwdAccountLockedTime qualified quality query question questions queue quick quickstart quiet quota quotation quote
quotes raise ran rand random range rangeUpper rate raw rdn re reach reachable reached reaches reactivate
reactivateUser read readEntry readFileSync readFormat readOnly readTimeout readWrite readable reader readers reading
readonly reads ready readyz real really realm reason reasons receive receiver recent record recorded records red
redirect ref refer reference references referral referred refers reflect refusal refusals refuse refused refuses
region regular rehearse reindex rejectUnauthorized rejected relationship relative relax release releaser reload
reloadRefused reloaded remain remedies remember remembered remembers removal removals remove removed rename render
renew renewed renews renumbered repeat repeated repeats replace replaceAll replaced replacedNames replacement replaces
replication reply report reports represent representing request requestId requestTimeout requested requests require
requireHostHeader requireIfMatch required requires reserved reset resident resolveSecret resource resources response
rest restart restarting restarts restore restored result results retrieved retry retryAfter return returned revoke
revoked rfc right rights risk role roles rollback room roomNumber root round route router routes row rows rss rule
rules run running runs s sAMAccountName safe said salt salted samba same sameness sample save saved saving say says
scan scanner scheduled schema schemaExtensions schemaNamingContext schemas scheme scim scope script scripts seals
search searchFlags searched searches second secondary seconds secret secretOf secrets section secureConnect
secureConnection secureOptions security sed see seem seen segment seldom select selection selective self send sender
sending sends sense sent seq serialNumber serve served server serverAuth servername servers serves service serviceKey
serviceVariables services serving session set setNames setPassword setSecureContext sets setting settings settles
several severity sh shall share shared shares sharesCommits sheet shell short shortFlags shorten shorter shortest
should show shown shows showsGroups shutdown side sighup sign signal signature signed signingAlgorithm signingKey
sigterm silence silent silently simple simpleSecurityObject since single size sizeCalculation sizeLimit
sizeLimitExceeded sizes skip slapd slice slip slot slots slow slowed small smaller smtps sn snapshot so socket
socketAddress socketTimeout sockets soft some somebody something soon sort sortBy sortOrder sorted sorts source space
span spare speak speaks specUrl specified spelling spellings spent split spoken spreadsheet sql sqlite square srv ssl
sslmode st stack stale stand standard standby standing stands start startIndex startTLS startTls started
startedAfterCrash starting starts starttls startup stat state stateDir statements status stay stays stderr stdin
stdout step steps still stood stop stopped stopping stops store stored stores stranger stray stream street
streetAddress strict string strings strong strongerAuthRequired structural style sub subAttributes subject
subjectAltName subschemaSubentry subtree succeed success successfully such sudo suffix suffixes suggest suggests
suitable sum sun supervisor support supported supportedCapabilities supportedControl supportedExtension surrogate
suspended sw swallowed swaps switch switched switches sync synchronize synchronous syntax syserr system systemctl
systemd tab table tag tagLength tail take taken takes tar target task tate telephoneNumber telephoneNumberMatch tell
tells tellsClasses template ten term terminal test tested tests text texts than that the their them then there these
they thing this those three throttle throttled through thrown throws thumbnail ti ticked ticket time timeLimitExceeded
timed timeout timeouts timers times timestamp timezone title titles tls tlsClientError tmp to toLdap toLowerCase
toValue today together token tokens told toml too tooLarge tooMany took tool tools top total totalResults touch trace
track trail trails transaction transactions transfer tree trial tried tries trim troubleshooting true trust trusted
trustedProxies trusts truth try tryImport ttl ttlResolution turn turned twice twin two txt type typeName typed types
typically ubuntu uid ulimit unable unauthorized unavailable unavailableCriticalExtension unbind uncaughtException
unchanged unconfirmed uncounted undamaged undefined undefinedAttributeType under underscores understand undici
unexpected unexpectedly unfinished unicodePwd uninstall union unique uniqueMember uniqueness unit unknown
unknownEndpoint unknownManager unknownMembers unless unlimited unlink unlock unmapped unmask unmounted unquoted
unreachable unread unreadable unrecognized unset unsigned unsupported unsupportedMediaType until untrusted unusable
unused unwilling unwillingToPerform unwritable up upHours update updateAgeOnGet updateGroup updateUser updated updates
upgrade upgraded upper ups uptime uri url urls urn us usable usage use used user userAccountControl userAgent userBody
userName userPassword userPrincipalName userRoot userType username users uses using usr usual utf util uuid valid
value values var variable variables varied veil vendorName vendorVersion verb verbPart verbose verbs verified verifies
verify version versionMismatch versioning versions very violate violation virus visible vitals vouches wait waited
waiting waits wal wanted wants warn warning warnings was way ways web webhook well went were what whatever when
whenChanged whenCreated where whereabouts whether which while who whoever whole whom whose why widen width widthOf
wiki will window windows windowsHide wins winsock wire with withApp within without won word words work worked working
works would wrap writable write writeOnly writeTimeout writer writes writing written wrong wrote yahoo years yellow
yes yet yield you young your zero zone
`.split(/\s+/),
);
