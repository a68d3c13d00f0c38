import type { Target } from './targets.ts';
export function buildWindowsPackages(_t: Target, _l: string, _d: string): void {}
