import type { Database } from '../../postgres/database.ts';
import type { Gauge } from '../backend.ts';
import type { CreateQueue } from './writing/create-queue.ts';

/** What is known of a database and the way to it, for whoever watches. */
export function postgresGauges(
  { size, idle, waiting, again, settled }: Database['standing'],
  creating: CreateQueue['standing'],
): readonly Gauge[] {
  const connections = (state: string, value: number): Gauge => ({
    name: 'postgres_connections',
    help: 'Connections to the database, busy and idle',
    value,
    labels: { state },
  });
  return [
    connections('busy', size - idle),
    connections('idle', idle),
    { name: 'postgres_connection_queue', help: 'Requests that wait for a connection', value: waiting },
    {
      name: 'postgres_transactions_again_total',
      help: 'Transactions that began anew because others were in the way',
      value: again,
    },
    {
      name: 'postgres_commits_settled_total',
      help: 'Commits whose answer was lost, and that were found to have been made',
      value: settled,
    },
    { name: 'postgres_create_queue', help: 'New resources that wait for a statement', value: creating.waiting },
    {
      name: 'postgres_create_statements_total',
      help: 'Statements that inserted resources or tried to',
      value: creating.statements,
    },
    {
      name: 'postgres_create_operations_total',
      help: 'Resources in such statements: those that come together share one',
      value: creating.operations,
    },
    {
      name: 'postgres_create_seconds_total',
      help: 'Time that such statements took, with their waits for the disk',
      value: creating.busy / 1000,
    },
  ];
}
