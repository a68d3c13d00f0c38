import { ENVIRONMENT_FILE, KEPT_KEY, KEY } from '../service-environment.ts';

export interface UnitOptions {
  /** The executable, absolute. */
  readonly program: string;
  readonly configFile: string;
}

/**
 * The unit of packages and of `service install`.
 *
 * A service without configuration is not started (ConditionPathExists), and one that refuses its configuration (exit
 * code 2) is not started again and again. Any other failure may pass by itself, as when a directory is down for a night:
 * systemd never gives up (StartLimitIntervalSec). `systemctl start` ends when requests are answered; the message comes from
 * `systemd-notify`, which is another process (NotifyAccess). A small system has no /bin/kill, but a shell has it built in. The limit of open files is set here because the filter
 * keeps Node from raising it. No MemoryDenyWriteExecute: V8 compiles at run time. The key of stored secrets may lie
 * in /etc/credstore; a missing one is no error, since its path is not absolute (systemd.exec(5), LoadCredential).
 */
export const systemdUnit = ({ program, configFile }: UnitOptions): string => `[Unit]
Description=SCIM connector for Okta's on-premises provisioning agent
After=network-online.target
Wants=network-online.target
ConditionPathExists=${configFile}
StartLimitIntervalSec=0

[Service]
Type=notify
NotifyAccess=all
ExecStart=${program} serve --config ${configFile}
ExecReload=/bin/sh -c "kill -HUP $MAINPID"
EnvironmentFile=-${ENVIRONMENT_FILE}
LoadCredential=${KEY}:${KEPT_KEY}
User=scim-connector
Group=scim-connector
StateDirectory=scim-connector
StateDirectoryMode=0700
CacheDirectory=scim-connector
CacheDirectoryMode=0700
UMask=0077
Restart=on-failure
RestartSec=5
RestartPreventExitStatus=2
TimeoutStartSec=300
TimeoutStopSec=30
LimitNOFILE=65536
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
