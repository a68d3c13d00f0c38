import { noun } from '../../cli/noun.ts';
import { change } from './change.ts';
import { status } from './status.ts';

export const service = noun('service', 'Install, start and stop the service of the operating system', [
  change('install', 'Install the service; start it when there is a configuration', 'as root or administrator'),
  change('uninstall', 'Remove the service; configuration and data stay', 'before the files are removed'),
  change('start', 'Start the service', 'after "init" and "check"'),
  change('stop', 'Stop the service; running requests may finish', 'before "data restore" or "data import"'),
  change('restart', 'Stop and start the service', 'after a setting has changed that a reload does not apply'),
  status,
]);
