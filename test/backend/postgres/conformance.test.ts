import { describeBackend } from '../../conformance/backend.ts';
import { needsPostgres } from '../../support/postgres/installed.ts';
import { openedPeople } from './opened.ts';

before(needsPostgres);
describeBackend('postgres', openedPeople);
