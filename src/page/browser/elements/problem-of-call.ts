import { html, type LitElement, nothing } from 'lit'
import type { ShownProblem } from '../api/shown-problem.ts'
import './problem-box.ts'

/** A call that failed, shown in an element, which fires `retry` and `key` to the screen and the frame around it. */
export function problemOfCall(host: LitElement, problem: ShownProblem | undefined) {
  if (!problem) return nothing
  const pass = ({ type }: Event) => host.dispatchEvent(new Event(type, { bubbles: true, composed: true }))
  return html`<problem-box .problem=${problem.problem} .retryAfter=${problem.retryAfter} @retry=${pass} @key=${pass}></problem-box>`
}
