/** Where a command writes to. */
export interface Terminal {
  out(text: string): void
  err(text: string): void
  /** Draws a line that the next one, or other text, replaces; absent where nobody watches a screen. */
  readonly status?: (line: string) => void
  /** Has a listener told once that the user wants to stop, instead of being stopped; returns how to take that back. */
  readonly onInterrupt?: (listener: () => void) => () => void
}

/** Exit codes: 0 done (or all checks pass), 1 a check fails (or the service is not healthy), 2 bad input, 3 a fault of ours. */
export type ExitCode = 0 | 1 | 2 | 3

export interface Command {
  /** What follows the command's name. */
  readonly usage: string
  readonly summary: string
  /** More, for `maskscore COMMAND --help`. */
  readonly details?: string
  run(args: readonly string[], env: NodeJS.ProcessEnv, terminal: Terminal): Promise<ExitCode>
}
