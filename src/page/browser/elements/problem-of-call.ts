import { html, nothing } from 'lit'
import type { ShownProblem } from '../api/shown-problem.ts'
import type { OptionRemedy } from '../pair/remedies.ts'
import './problem-box.ts'

/**
 * A call that failed, where one did. Its `retry` and `key` rise to the screen and the frame around it.
 * @param remedies that are options of the screen, which hears `remedy`
 */
export const problemOfCall = (shown: ShownProblem | undefined, remedies: readonly OptionRemedy[] = []) =>
  shown ? html`<problem-box .shown=${shown} .remedies=${remedies}></problem-box>` : nothing
