import type { Summary } from '../../evaluations/summary/summary.ts'
import type { ExitCode } from '../command.ts'
import type { EvaluateArguments } from './arguments.ts'

/** The exit code of a run that ended. Bad input wins over a failed check, and is told why. */
export function exitCode(
  { items: { failed, total }, checks }: Summary,
  { allowed }: Pick<EvaluateArguments, 'allowed'>,
  tell: (text: string) => void,
): ExitCode {
  if (failed > allowed(total)) {
    tell(`${failed} of ${total} items failed, ${allowed(total)} may (--allow-failed).`)
    return 2
  }
  const incomparable = checks.find(({ result }) => result === 'not_comparable')
  if (incomparable) {
    tell(`NOT_COMPARABLE: The baseline cannot be compared with: ${incomparable.detail ?? ''}`)
    return 2
  }
  return checks.some(({ result }) => result !== 'pass') ? 1 : 0
}
