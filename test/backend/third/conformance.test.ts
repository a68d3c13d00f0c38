import { describeBackend } from '../../conformance/backend.ts';
import { CabinetBackend } from './cabinet-backend.ts';

describeBackend('cabinet', async () => {
  const backend = new CabinetBackend();
  await backend.open();
  return backend;
});
