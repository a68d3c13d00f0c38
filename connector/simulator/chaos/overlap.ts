/** Several of Okta's tasks meet at one person or group, at once. */
export const overlap = { name: 'overlapping requests', chance: 0.25, most: 4 } as const;
