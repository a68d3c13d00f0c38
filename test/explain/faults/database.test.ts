import { DATABASE_FAULTS } from './database-faults.ts';
import { plantAll } from './planted-fault.ts';
import { Stage } from './stage.ts';

plantAll('a fault of the database', DATABASE_FAULTS, () => new Stage());
