/** Where a command writes to. */
export interface Terminal {
  out(text: string): void
  err(text: string): void
}

/** Exit codes: 0 done (or all checks pass), 1 a check fails, 2 bad input. */
export type ExitCode = 0 | 1 | 2

export interface Command {
  /** What follows the command's name. */
  readonly usage: string
  readonly summary: string
  run(args: readonly string[], env: NodeJS.ProcessEnv, terminal: Terminal): Promise<ExitCode>
}
