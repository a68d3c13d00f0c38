import { noun } from '../../cli/noun.ts';
import { exportCa } from './export-ca.ts';
import { renew } from './renew.ts';
import { show } from './show.ts';

export const cert = noun('cert', 'Show and renew the TLS certificate, export the CA', [show, renew, exportCa]);
