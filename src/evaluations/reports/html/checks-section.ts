import type { CheckResult, Summary } from '../../summary/summary.ts'
import { figure } from '../figure.ts'
import { type Html, html } from './html.ts'
import { lead, type Section, scrolling } from './section.ts'
import { shownName, shownSentence } from './shown-name.ts'

const signs: Readonly<Record<CheckResult['result'], string>> = {
  pass: '✓ pass',
  fail: '✕ fail',
  not_computed: '✕ not computed',
  not_comparable: '✕ not comparable',
}

const maxShown = 200

/** The checks of a run and what came of them; those that do not pass first. */
export function checksSection({ checks, complete }: Summary): Section | undefined {
  if (checks.length === 0) return undefined
  const passed = checks.filter(({ result }) => result === 'pass')
  const others = checks.filter(({ result }) => result !== 'pass')
  const shown = [...others, ...passed].slice(0, maxShown)
  return {
    id: 'checks',
    title: 'Checks',
    count: `${passed.length} of ${checks.length} passed`,
    body: html`${complete ? undefined : lead('Failed and skipped items count as empty predictions in these values.')}
${scrolling('Checks', html`<table class="checks"><thead><tr><th scope="col">check</th><th scope="col">result</th><th scope="col" class="number">value</th></tr></thead><tbody>${shown.map(row)}</tbody></table>`)}
${checks.length > shown.length ? html`<p class="rest">${checks.length - shown.length} more stand in summary.json.</p>` : undefined}`,
  }
}

const row = ({ check, result, value, detail }: CheckResult): Html =>
  html`<tr><th scope="row"><code>${shownName(check)}</code>${detail === undefined ? undefined : html`<span class="detail">${shownSentence(detail)}</span>`}</th><td class="${result === 'pass' ? 'good' : 'bad'}">${signs[result]}</td><td class="number">${value === null ? 'none' : figure(value)}</td></tr>`
