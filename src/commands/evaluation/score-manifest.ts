import type { KeptRows } from '../../evaluations/running/kept-rows.ts'
import { scoreItems } from '../../evaluations/running/local-run.ts'
import { bytesOfItem } from '../../evaluations/running/plan.ts'
import { Progress } from '../../evaluations/running/progress.ts'
import type { Item, Items } from '../../evaluations/sources/item.ts'
import type { TaskRunner } from '../../tasks/runner.ts'
import type { Terminal } from '../command.ts'
import type { EvaluateArguments } from './arguments.ts'
import { showProgress } from './show-progress.ts'

/** Nobody else waits for the threads; a run that is stopped loses no more than this. */
const turnMs = 200

/**
 * Scores the items whose rows are not kept yet, and shows how far it is.
 * @throws Interrupted when the user wants to stop; rows that are kept by then stay
 */
export async function scoreManifest(
  items: Items,
  kept: KeptRows,
  { scoring, labels, evaluation, progress: style }: EvaluateArguments,
  runner: TaskRunner,
  terminal: Terminal,
): Promise<void> {
  const { all, done } = countBytes(items, kept)
  const progress = new Progress(items.length, all)
  progress.resume(done.items, done.bytes)
  const stop = new AbortController()
  const ignoreInterrupt = terminal.onInterrupt?.(() =>
    stop.abort(new Interrupted(`stopped after ${progress.facts.done} of ${items.length} items`)),
  )
  const endShowing = showProgress(style, progress, terminal)
  try {
    await scoreItems({
      items: waiting(items, kept),
      count: items.length - done.items,
      run: { scoring, labels, evaluation },
      runner,
      // As many again wait, so that no thread does.
      lanes: 2 * runner.statistics.workers,
      turnMs,
      signal: stop.signal,
      onRows(scored, lines, facts) {
        kept.append(scored, lines)
        progress.add(facts, bytesOfItems(scored))
      },
    })
  } finally {
    endShowing()
    ignoreInterrupt?.()
  }
}

const bytesOfItems = (items: readonly Item[]) => items.reduce((sum, item) => sum + bytesOfItem(item), 0)

/** Bytes of all items, and what is kept of them. */
function countBytes(items: Items, kept: KeptRows) {
  let all = 0
  const done = { items: 0, bytes: 0 }
  for (const item of items) {
    const bytes = bytesOfItem(item)
    all += bytes
    if (!kept.has(item.index)) continue
    done.items++
    done.bytes += bytes
  }
  return { all, done }
}

function* waiting(items: Items, kept: KeptRows): Generator<Item> {
  for (const item of items) if (!kept.has(item.index)) yield item
}

/** The user wanted to stop. */
export class Interrupted extends Error {}
