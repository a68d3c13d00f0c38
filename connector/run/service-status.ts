import type { JournalHealth } from '../journal/journal-health.ts';
import type { SharingStatus } from '../shared-state/sharing-status.ts';
import type { CertificateDescription } from '../tls/loaded-certificate.ts';
import type { Sighted } from '../vitals/sightings.ts';
import type { VitalsReport } from '../vitals/vitals.ts';
import type { HealthReport } from './health-report.ts';

/** What a running service says of itself (docs/status.md). Dates arrive as ISO 8601. */
export interface ServiceStatus extends VitalsReport {
  readonly pid: number;
  /** Base URLs, in the order of the apps. */
  readonly urls: readonly string[];
  readonly health: HealthReport;
  /** The one it shows; absent: plain HTTP. */
  readonly certificate?: CertificateDescription;
  /** Absent: none is kept, or none could be opened. */
  readonly journal?: JournalHealth;
  /** Absent: no other connector shares its state. */
  readonly sharing?: SharingStatus;
}

/** What has reached a running service lately. */
export interface ServiceSighted extends Sighted, Pick<ServiceStatus, 'pid' | 'urls'> {}
