/**
 * Words that give nobody away: the ordinary ones among those of our own texts, names of attributes and settings, and what
 * directories and operating systems say. The case counts: "mark" is a word, and "Mark" may be somebody.
 */
export const VOCABULARY: ReadonlySet<string> = new Set(
  `
ADD AFTER AGAIN ALERT ALL ALTER ANALYZE AND API APP APPLICATION APPS AS ASSIGNMENT ATTRIBUTE Accept Active ActiveState
Add Address AdminRefusal After Agent Agents Alerts All Allow Also AmbientCapabilities An Answer App Applies Array As
Ask At AtrErr Attribute Attributes Authenticate Authority Authorization Auto BEGIN BIN BINARY BUSY BY Back Bad Basic
Bearer Bulk By CA CASCADE CASE CAST CERT CERTIFICATE CHAIN CHANGED CHAR CHECK CLASSES CLOSE CLOSED CLOSING COLLATE
COLOR COLUMN COMMIT CONFLICT CONNECTOR CORRUPT CREATE CREATED CREDENTIALS CROSS CSV Cache CacheDirectory
CacheDirectoryMode Capability CapabilityBoundingSet Certificate CertificateError Change ChannelError Check Choose
Client Code Colors Command CommandError Complaint ConditionPathExists ConfigError Configuration Configure Connection
Connector Connects Consumer Content Control Copy Core Creating CredentialError Custom DE DEACTIVATION DEBUG DEFAULT
DELETE DEPTH DIRECTORY DISTINCT DN DNS DO DOMAIN DROP DateTime Default DeliveryError Description Digest Directory
DirectoryString Display DistinguishedName Does EACCES EADDRINUSE EAGAIN EAUTH EBUSY ECDHE ECDSA ECONNREFUSED
ECONNRESET ED EDNS EDQUOT EENVELOPE EEXIST EFBIG EHOSTUNREACH EINVAL EISDIR ELSE EMFILE ENCRYPTED END ENETUNREACH
ENFILE ENOENT ENOSPC ENOSYS ENOTDIR ENOTFOUND ENOTSOCK ENOTSUP ENVIRONMENT EOPNOTSUPP EPERM EPIPE EQUALITY EROFS ERR
ERROR ESRCH ETIMEDOUT ETLS EVENT EXCEPT EXISTS EXPIRED EXPIRES EXPLAIN EXTERNAL Each Ed Editor Encoding English Enter
Entries Environment EnvironmentFile Errors Event Every Everywhere Excel ExecReload ExecStart Exit Explain External
FALSE FILE FROM FULL Failed Failures Field Fields File Files Filter Filters Find First Folder For Format Forwarded
From GET GROUP Generated Generator Get GiB Give Go Group Groups HAS HAVING HEAD HEADER HOLDER HTTP HTTPS HUP Header
HeapProfiler Host How I ID IDENTIFIER IGNORE IMMEDIATE IMPORT IMPORTS IN INCREMENTAL INDEX INDEXED INFORMATION INSERT
INSTANCE INTEGER INTO INVALID INVOCATION IP IS ISO ISSUER Id Identifies If In Indicates Install Instant Integration It
Its JOIN JSON JUNK Java KEPT KEY KIND Keep Key KiB Kind LAST LDAP LDIF LEAF LEFT LIMIT LOCALLY LOCKED Large Largest
Last LdapApp LdapErr LdapFailure Least Length Linux List ListResponse LoadCredential LoadState Location LockError
LockPersonality Log Login Longest MESSAGE MM MUST Mail Make Markdown Match MaxPageSize Meaning Members Method MiB
Modify Most NAME NATIVE NEW NO NODE NON NORMAL NOT NOTHING NOTIFY NTLM NULL NULLS NUMBER Name Negotiate Never Next No
NoAnswer NoNewPrivileges None Not Nothing NotifyAccess Number Numeric OFF OFFSET OI ON ONLY OPENING OPP OR ORDER
ORDERING OTHER OVER OVERFLOW Object Okta OktaProvisioningAgent On One Only OpenLDAP Opens OperationError Operations
Options Override PARTITION PASSWORD PATCH PEM PENDING PERM PFX PKCS PLAN POST PREMATURE PRIMARY PRIORITY PRIVATE
PROFILE PROTOCOL PUSH PUT Partial Password PatchOp Path Phone Plain Port Premises President Print Private
PrivateDevices Profile Program ProgramData ProtectClock ProtectControlGroups ProtectHome ProtectKernelLogs
ProtectKernelModules ProtectSystem ProtectionError Prove Provider Provisioning Proxies Put QUERY QUOTE RDN REACTIVATE
READ RECURSIVE REFERENCES RELEASE REPLACE REQUEST REQUIRED RETURNING REVOKED RFC ROLLBACK RSA Read Receivers Record
Refuse Refused Remove Rename Replace Request Required Reset Resource ResourceType ResourceTypes Resources Restart
RestartPreventExitStatus RestartSec RestrictAddressFamilies RestrictRealtime Results Retry SASL SCIM SELECT SELF
SERVER SET SHA SID SIGHUP SIGINT SIGNATURE SIGNED SIGTERM SMALL SMTP SO SOCKET SQL SQLITE SSL STATE STORE STREAM
STRICT SUFFIX SUP SYNTAX Samba Schema Schemas ScimError SearchBase Send Sender Serve Server Servers Service
ServiceProviderConfig Set Setting Settings Several Show Shown Stands Start StartLimitIntervalSec StartTLS
StateDirectory StateDirectoryMode Stop Store String Submitted Subtracted Suffix Suggest SvcErr SysErr
SystemCallArchitectures SystemCallErrorNumber SystemCallFilter SystemErr SystemRoot TABLE TCP TEMP TEXT THEN TIMEOUT
TLS TO TOML TOO TRAILING TRIGGER TRUE Take Tell Template Templates TextError The They This Timeout TimeoutStartSec
TimeoutStopSec Times Title Token Told Too Try Type UNABLE UNION UNIQUE UNSUPPORTED UPDATE UPDATES URI URL US USED USER
USERNAME USERS UTC UTF UnfitFile Unique Unit UnitFileState UpdErr Usage Use Used User Username Users VALID VALUES
VARIABLE VERB VERIFY VERSION VIEW Value Variable Versions Vice WAL WARNING WHEN WHERE WITH WITHOUT WORDS WRONG
WantedBy Wants Western What When Where Whether Which Who Whoever Whom Why Windows With Without Write Written Wrong YET
ZERO a abandon able abort about above abroad absence absent accept acceptable accepted accepting accepts access
accessed account accounts aci acl action activate activateUser activation active actor add added address addresses
admin adminLimitExceeded administrative administrator administrators admins advertised advertises advisory after again
age agent agentDistrusts agents agree agrees ahead aim alert alertLost alertTest alerts alias all allow allowHttp
allowed allowedChildClassesEffective allows alone alpha alphanumeric already also always an and anew announces
anonymous another answer answered answering answers any anything api apostrophe app appears append application applies
apply appropriate apps apt archive are argument arguments array arrive as ascending ask asked asking asks assembler
assertionFailed asserts assigned at atom atomic att attempt attempts attribute attributeOrValueExists attributeSchema
attributeSyntax attributeTypes attributes attrs audit auditAnchor auditFails auth authMethodNotSupported authenticate
authentication authenticationSchemes authenticator authorities authority authorization authorizationType auto
available await away back backOff backUp backend backendDown backendDuration backendUp backs backslash backup backups
badge badgeId bag bar barCompleteChar barIncompleteChar base baseUrl bases bash basic be because become becomes been
before beforehand began begin begins behind being believed believes belong belongs below beside besides better between
beyond bin binary bind bit bits blank blanks block body both bound brackets branch break breaks bring broken buffer
bug build builder built bulk bulkBody bulkId bulkMaxOperations bulkMaxPayload businessCategory busy but by byte bytes
c ca caFile cache caches call called caller calling calls came camel can candidates cannot canonicalValues
capabilities capital carLicense carried carries case caseExact caseExactMatch caseIgnoreMatch casual cat cause cell
cells center cert certFile certificate certificateEnded certificateEnds certificateGood certificateKept certificates
chain challenge change changePassword changed changes changing channel channels character characters check
checkExpectation checkHomes checkPlaces checkUserExists checked checkout checks checksum checksums child childName
children choice choices choose chooses choosing chosen ciphers circumstances city class classes clear clearOnComplete
clearWhenAbsent cleared clearedWhenAbsent clears client clientError clients clock clocks close closed closing cn co
coalesce code codes collectGarbage collectively colon colons color column columns come comes comings command commands
commas comment commented company compare compared compares comparesBySyntax complete completes completion complex
component components compressed computed computer concerns condition conditions confidentialityRequired config
configFile configuration configure configured configures confirm confirmed conflict connect connection
connectionTimeout connections connectionsCheckingInterval connector constants constraint constraintViolation consumed
consumers containing contains content context contexts control controller controls cookie copied copy core cost
costCenter costs could count counted country counts cover cpu create createAgain createConnection createGroup
createNewGroup createNewUser createPendingUser createTimestamp created creates creating credential credentialEnded
credentialEnds credentialGood credentials credentialsAccepted credentialsRefused creds crlf crt crypto currency
current currentTime cursor custom cut cuts daemon damaged dangling darwin dashes data database databases date dates
day days db dc deactivate deactivateUser deactivated deactivation deadline deb debian debug decimal declare declared
decodeList decodeText decompressed decrypt deep deeper default defaults defined deflate delete deleteGroup deleteUser
deleted deleting deletions delimiter delivered delta demands denied department departmentNumber depth dereferencing
descending describe description detail details detect dev device diagnostic did differ differs digest digests digits
dir direct direction directly directory dirsrv disable disableFileAccess disableUrlAccess disabled disallowed
disappeared discard discover disk diskLow diskRoom display displayName displayed distinguished distinguishedNameMatch
division dn dns do doc docs document documents does domain done dot dots double down downgrade downloadGroups
downloadUsers draft drain dropped dry dsid duplicate duration during each easy echo edit editor editors effect element
elements elevated else elsewhere email emails employeeNumber employeeType empty en enable enabled encodeBulk encoded
encoding encrypted end ended endpoint ends engineVersion enough enter entered enterprise entitlement entitlements
entries entry entryAlreadyExists entryUUID environment eq equal equality err error errors es escape escapeFormulas
etag event events ever every everybody everything exact exactly examine example exceed exceeded exceeds except exec
execFileSync executable execute exist existed existing exists existsSync exit exited expansion expectations expected
expects expire expired expires expiry explain explainFilter explains export exported extended extension extensions
external externalId externalKey extract facsimileTelephoneNumber fail failOnErrors failed fails failure failures false
family familyName fast fastest fax features few fewFailures field fields file files fill filter filtered filters final
find finder findings finds fingerprint fingerprints finish firewall firewalls first fit fits fixed flag flags flatMap
floor flush fold folded folder followed for forbidden force foreign form format formatListen formats formatted
formatters former formulas forward forwarded forwarding found four fraction fragment free from fromEntries fulfilled
full fully function future gave gb gc ge generalizedTime generalizedTimeMatch generalizedTimeOrderingMatch generate
generated generic get getGroupById gid give given givenName gives global go goes gone got grace greater green
greetingTimeout group groupBody groupOfNames groupOfUniqueNames grouped groups gt guarded guess guid half handler
handshake happened hard has hasMembers hash hashed hashes have head header headers headersTimeout heading health help
here hex hexadecimal hidden hideCursor hint hire history hold holder holds home homePhone homes honorific
honorificPrefix honorificSuffix hooks host hosts how however http https human hung id identically identifier
identifies identify identity idle idleCheck ids if ifMatch ignore ignored image import importGroups importUserProfile
importUsers important imported imports in inUse inactive inappropriate inappropriateAuthentication
inappropriateMatching included includes including incremental index indexed indexes indicating indirect inetOrgPerson
info inheritance input insecure inside inspector install installation installed instance instant instead insufficient
insufficientAccessRights integer integerMatch integerOrderingMatch integrity intend intent interface intermediate
internal interrupted interval into invalid invalidAttributeSyntax invalidCredentials invalidFilter invalidPaging
invalidSyntax invalidValue invisible is isAccount isArray isDefault isName isOpen isPaged isSet issue issued issuer it
items itemsPerPage its itself job join joined journal journalFails journalWorks journald json judge judged just kb
keep keeping keeps kept key keyAt keyEnd keyFile keyOf keys kill killed kind know known knows koa l label labels lacks
language languages large larger last lastModified lasting later latest ldap ldapi ldaps ldif le leading leads
leadsElsewhere lease least leave leaves left length less let lets letter letters level levels lib lie lies life lift
like limit limited limits line lineOf lines link links linux list listed listen listenHost listened listener listening
listens lists live loaded local localPort locale localhost locality localizing location lock locked locks log logger
login logs long longer longest look lookUps looked looking looks loop lose lost lower lt machine machines made mail
mailing main maintained make maker makes malformed manager managerId managerName many manyFailures map mapped mapping
markdown masked match matches matching max maxBody maxGroupRemoval maxLifetime maxOperations maxPayloadSize maxResults
maxSize maxUserBody maxVersion mayBeAtOnce mayGuess mb mean meant meanwhile mediaType meet member memberOf memberUid
members membership memberships memory merge message messageDetailsByMessageId messageId messageParser messages
messaging meta metadata method methodNotAllowed methods middle middleName min minVersion minute missing missingSecrets
mixes mobile moddn mode modification modifications modified modify modifyTimestamp monitoring more most
mostMembersPatched mount mounted mounts move moved moves ms must mutability name nameAt named names namesState naming
namingContexts namingViolation native naturalKey near nearly needed needs negative neither nested nests net network
networks never new newAccount newRdn newSuperior newer newest next nextMessageId nickName no noSuchAttribute
noSuchObject nobody node non nonce none not notAcceptable notAfter notAllowedOnNonLeaf notBefore notFound
notImplemented notation notes nothing notice notices notify now nowhere nsAccountLock nsUniqueId null number numbered
numbers numericString numericStringMatch o obeys object objectCategory objectClass objectClassModsProhibited
objectClassViolation objectClasses objectGUID objects observe observer of off offer offered offers offset often oid
okta old older oldest on onDatabase onLost onProgress once one ones online only op open openDirectory opened openldap
openssl operating operation operations operationsError operator ops opt option optional options or order ordered
ordering organization organizationalPerson organizationalRole organizationalUnit origin os other otherApp otherMailbox
others otherwise ou our ours out outbox outcome outdated output outside over overlap overlaps overlay overwrite
overwrites own owner package packaged page pageSize paged pager pages paging pair paragraph parallelism parameter
parameters parent parentOf parentheses parents parse parseDn parseEnvironment parser part partial parts passes passing
passingStatus passphrase password passwordHash passwordHashes passwordUnlocks passwords paste patch path pathLength
paths patience pattern payload peculiar pem pending people per percent percentage perform permanent permission
permissions permitted person personal pfx pfxFile phone phoneNumber phoneNumbers photo photos physical pid pinned pipe
place placeholder plain plan planned please plug plural policy pool pools port portion position positional possible
postal postalCode pr preference preferred preferredLanguage prefix premises present pretty previous primarily primary
print printed prints private privileged problem problems process profile profileUrl program programs progress project
promises prompt proof property protect protected protections proto protocol protocolError prove proved proves provided
provider provisioned provisioning proxies proxy public publicKey purpose purposes push pushPassword pushPasswordUpdate
pushProfileUpdate put pwdAccountLockedTime qualified quality query question questions quick quiet quota quote quotes
raise rand random range rangeUpper raw rdn re reach reachable reached reaches reactivate reactivateUser read readEntry
readFileSync readFormat readOnly readTimeout readWrite readable reader reading reads ready real realm reason reasons
receive receiver recent record records red redirect ref refer reference references referral refers reflect refusal
refuse refused refuses region regular rehearse reindex rejectUnauthorized rejected relationship relative relax release
releaser reload reloadRefused reloaded remain remedies remembered remembers removal removals remove removed rename
renew renumbered repeat repeated repeats replace replaceAll replaced replacedNames replacement replaces reply report
reports represent representing request requestId requested requests require requireHostHeader requireIfMatch required
requires reserved reset resolveSecret resource resources response rest restart restarts restore restored result
results retrieved retry retryAfter return returned revoke revoked rfc right rights risk role roles rollback room root
route router routes row rows rss rule rules run running runs sAMAccountName safe said salt salted samba same sameness
sample save saved say says scan scheduled schema schemaExtensions schemaNamingContext schemas scheme scim scope script
scripts search searchFlags searched searches second secondary seconds secret secretOf secrets section secureConnect
secureOptions security sed see seen segment select selection selective self send sender sends sent serialNumber serve
served server serverAuth servername servers serves service serviceKey serviceVariables services serving session set
setNames setPassword setSecureContext setting settings several sh share shares sharesCommits sheet shell short
shortFlags shorten shorter shortest show shown shows showsGroups shutdown sighup sign signal signature signed
signingAlgorithm signingKey sigterm silent silently simple simpleSecurityObject since single size sizeCalculation
sizeLimit sizeLimitExceeded sizes skip slapd slice slot slots slow small smaller sn snapshot so socket socketAddress
socketTimeout sockets soft some somebody something soon sort sortBy sortOrder sorted sorts source space span spare
speak speaks specUrl specified spelling spellings spent split spoken spreadsheet sql sqlite ssl st stale stand
standard standing stands start startIndex startTLS startTls started startedAfterCrash starting starts stat state
stateDir status stay stays step steps still stood stop stopped stopping stops store stored stores stream street
streetAddress strict string strings strong strongerAuthRequired structural style sub subAttributes subject
subjectAltName subschemaSubentry succeed success successfully such suffix suffixes suggest suitable sum supervisor
support supported supportedCapabilities supportedControl supportedExtension surrogate suspended sw swaps switch
switched switches sync synchronize synchronous syntax syserr system systemd tab table tag tagLength take taken takes
tar target tate telephoneNumber telephoneNumberMatch tell tells tellsClasses template ten terminal test tested tests
text texts than that the their them then there these they thing this those three throttle throttled through thumbnail
ticket time timeLimitExceeded timeout timeouts timers times timestamp title titles tls tlsClientError to toLdap
toLowerCase toValue today together token tokens told toml too tooLarge tooMany took tool tools top total totalResults
touch trace track trail trails transfer tree trial trim true trust trusted trustedProxies trusts truth try tryImport
ttl ttlResolution turned twice twin two type typeName typed types typically ubuntu uid unable unauthorized unavailable
unavailableCriticalExtension unbind uncaughtException unchanged uncounted undamaged undefined undefinedAttributeType
under underscores unexpected unexpectedly unicodePwd uninstall union unique uniqueMember uniqueness unit unknown
unknownEndpoint unknownManager unknownMembers unless unlimited unlock unmapped unmask unquoted unreachable unread
unreadable unrecognized unset unsigned unsupportedMediaType until unused unwilling unwillingToPerform up update
updateAgeOnGet updateGroup updateUser updated updates upgrade upgraded upper ups uri url urls urn usable usage use
used user userAccountControl userBody userName userPassword userPrincipalName userRoot userType username users uses
using usual utf uuid valid value values var variable varied vendorName vendorVersion verb verbose verbs verified
verifies verify version versionMismatch versioning versions violate violation visible waited waits wal wanted wants
warn warning warnings was way web webhook well were what whatever when whenChanged whenCreated where whereabouts
whether which while who whoever whole whose why widen width widthOf wiki window windows windowsHide wins winsock wire
with within without won word words work working works would wrap writable write writeOnly writeTimeout writer writes
writing written wrong wrote yahoo years yellow yes yet yield you young your zone
Invalid Insufficient Operations Constraint Object Entry No Type Undefined Unwilling Server Naming Violation Started
Stopped Starting Stopping Deactivated Consumed Scheduled Main Failed
msg seq userAgent contentType backendDuration leftOut err stack lines will may page mark correct dir curl Java Apache
HttpClient Okta okhttp axios undici scim onprem agent anonymous home etc opt srv tmp usr ProgramData people var lib
`.split(/\s+/),
);
