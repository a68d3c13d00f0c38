/** Of all metrics that are ours (docs/metrics.md). */
export const PREFIX = 'scim_connector_';
