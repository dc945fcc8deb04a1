import { getPriority, setPriority } from 'node:os'

/** The lowest priority that Linux knows. */
const lowest = 19

/**
 * Gives the calling thread a lower priority than the process has, in steps of `nice`. Only on Linux does a priority belong to one
 * thread; elsewhere nothing is changed.
 */
export function lowerPriority(steps: number): void {
  // Counted from what the thread has: a process that was itself started with a low priority must not raise it.
  if (process.platform === 'linux') setPriority(Math.min(lowest, getPriority() + steps))
}
