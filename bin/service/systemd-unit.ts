export interface UnitOptions {
  /** The executable, absolute. */
  readonly program: string;
  readonly configFile: string;
}

/**
 * The unit of packages and of `service install`.
 *
 * A service without configuration is not started (ConditionPathExists), and one that refuses its configuration (exit
 * code 2) is not started again and again. No MemoryDenyWriteExecute: V8 compiles at run time. The key of stored secrets
 * may lie in /etc/credstore; a missing one is no error, since its path is not absolute (systemd.exec(5), LoadCredential).
 */
export const systemdUnit = ({ program, configFile }: UnitOptions): string => `[Unit]
Description=SCIM connector for Okta's on-premises provisioning agent
After=network-online.target
Wants=network-online.target
ConditionPathExists=${configFile}

[Service]
Type=exec
ExecStart=${program} serve --config ${configFile}
ExecReload=/bin/kill -HUP $MAINPID
EnvironmentFile=-/etc/scim-connector/environment
LoadCredential=secret.key:scim-connector.secret.key
User=scim-connector
Group=scim-connector
StateDirectory=scim-connector
StateDirectoryMode=0700
CacheDirectory=scim-connector
CacheDirectoryMode=0700
UMask=0077
Restart=on-failure
RestartSec=2
RestartPreventExitStatus=2
TimeoutStopSec=30
NoNewPrivileges=yes
ProtectSystem=strict
ProtectHome=yes
PrivateTmp=yes
PrivateDevices=yes
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectKernelLogs=yes
ProtectControlGroups=yes
ProtectClock=yes
ProtectHostname=yes
ProtectProc=invisible
ProcSubset=pid
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
RemoveIPC=yes
LockPersonality=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallFilter=~@privileged @resources
SystemCallErrorNumber=EPERM
CapabilityBoundingSet=
AmbientCapabilities=

[Install]
WantedBy=multi-user.target
`;
