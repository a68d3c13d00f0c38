/**
 * Statements are not compiled to machine code first: that takes some hundred milliseconds where the planner expects much, and
 * ours take a few.
 */
export const NO_JIT = 'jit = off';
