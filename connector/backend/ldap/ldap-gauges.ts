import type { Gauge } from '../backend.ts';
import type { DirectoryStanding, ServerStanding } from './directory/standing.ts';

/** What is known of a directory's servers, for whoever watches. */
export const ldapGauges = ({ servers, failovers }: DirectoryStanding): readonly Gauge[] => [
  ...servers.flatMap(ofServer),
  {
    name: 'ldap_failovers_total',
    help: 'How often another directory server was turned to, there and back',
    value: failovers,
  },
];

function ofServer({ url: server, usable, current, pools, sent }: ServerStanding): readonly Gauge[] {
  return [
    {
      name: 'ldap_server_usable',
      help: '1, or 0 while a directory server is left alone after failures',
      value: Number(usable),
      labels: { server },
    },
    {
      name: 'ldap_server_current',
      help: '1 for the directory server that is worked with, 0 for others',
      value: Number(current),
      labels: { server },
    },
    ...pools.flatMap(({ name: pool, waiting, ...connections }) => [
      ...Object.entries(connections).map(([state, value]) => ({
        name: 'ldap_connections',
        help: 'Connections to a directory server: busy, idle and opening, for each kind of work',
        value,
        labels: { server, pool, state },
      })),
      {
        name: 'ldap_waiting',
        help: 'Pieces of work that wait for a connection to a directory server',
        value: waiting,
        labels: { server, pool },
      },
    ]),
    ...Object.entries(sent).flatMap(([operation, counts]) =>
      Object.entries(counts).map(([outcome, value]) => ({
        name: 'ldap_operations_total',
        help: 'Requests to a directory server by operation; failed includes what it refused',
        value,
        labels: { server, operation, outcome },
      })),
    ),
  ];
}
