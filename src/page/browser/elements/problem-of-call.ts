import { html, nothing } from 'lit'
import type { ShownProblem } from '../api/shown-problem.ts'
import './problem-box.ts'

/**
 * A call that failed, where one did. Its `retry` and `key` rise to the screen and the frame around it.
 * @param options of the call, where the box can set some
 */
export const problemOfCall = (
  problem: ShownProblem | undefined,
  options?: Readonly<Record<string, unknown>>,
) =>
  problem
    ? html`<problem-box .problem=${problem.problem} .retryAfter=${problem.retryAfter} .options=${options}></problem-box>`
    : nothing
