import type { KeptRows } from '../../evaluations/running/kept-rows.ts'
import { scoreItems } from '../../evaluations/running/local-run.ts'
import { bytesOfItem } from '../../evaluations/running/plan.ts'
import { Progress } from '../../evaluations/running/progress.ts'
import type { Item } from '../../evaluations/sources/item.ts'
import type { TaskRunner } from '../../tasks/runner.ts'
import type { Terminal } from '../command.ts'
import type { EvaluateArguments } from './arguments.ts'
import { showProgress } from './show-progress.ts'

/**
 * Scores the items whose rows are not kept yet, and shows how far it is.
 * @throws Interrupted when the user wants to stop; rows that are kept by then stay
 */
export async function scoreManifest(
  items: readonly Item[],
  kept: KeptRows,
  { scoring, labels, evaluation, progress: style }: EvaluateArguments,
  runner: TaskRunner,
  terminal: Terminal,
): Promise<void> {
  const bytesOfAll = (list: readonly Item[]) => list.reduce((sum, item) => sum + bytesOfItem(item), 0)
  const waiting = items.filter(({ index }) => !kept.has(index))
  const progress = new Progress(items.length, bytesOfAll(items))
  progress.resume(items.length - waiting.length, bytesOfAll(items) - bytesOfAll(waiting))
  const stop = new AbortController()
  const ignoreInterrupt = terminal.onInterrupt?.(() =>
    stop.abort(new Interrupted(`stopped after ${progress.facts.done} of ${items.length} items`)),
  )
  const endShowing = showProgress(style, progress, terminal)
  try {
    await scoreItems({
      items: waiting,
      run: { scoring, labels, evaluation },
      runner,
      lanes: runner.statistics.workers,
      signal: stop.signal,
      onRows(scored, lines, facts) {
        kept.append(scored, lines)
        progress.add(facts, bytesOfAll(scored))
      },
    })
  } finally {
    endShowing()
    ignoreInterrupt?.()
  }
}

/** The user wanted to stop. */
export class Interrupted extends Error {}
