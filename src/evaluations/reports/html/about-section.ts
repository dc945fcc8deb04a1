import type { Summary } from '../../summary/summary.ts'
import { type Html, html } from './html.ts'
import { type Section, scrolling } from './section.ts'
import { shownName, shownSentence } from './shown-name.ts'

const maxJson = 20_000
const maxListed = 20

/** Options, fingerprints and matching: what one needs to know to run it again. */
export function aboutSection({ options, matching, fingerprint, intervals }: Summary): Section {
  const facts = Object.entries(matching).map(
    ([name, value]) =>
      html`<div><dt>${shownName(name.replaceAll('_', ' '))}</dt><dd>${matchingSaid(value, name === 'hints' ? shownSentence : shownName)}</dd></div>`,
  )
  return {
    id: 'about',
    title: 'About this run',
    body: html`<dl class="about">
<div><dt>dataset fingerprint</dt><dd><code>${fingerprint.dataset}</code></dd></div>
<div><dt>options fingerprint</dt><dd><code>${fingerprint.options}</code></dd></div>
${intervals ? html`<div><dt>resampling</dt><dd>${intervals.replicates} resamples, seed ${intervals.seed}, level ${intervals.level}</dd></div>` : undefined}
</dl>
${facts.length > 0 ? html`<h3>Matching</h3><dl class="about">${facts}</dl>` : undefined}
<h3>Options</h3>
${scrolling('Options', html`<pre>${lines(cut(JSON.stringify(options, null, 2)))}</pre>`, true)}`,
  }
}

function matchingSaid(value: unknown, shownText: (text: string) => string): string {
  if (typeof value !== 'object' || value === null) return shownText(String(value))
  if (!Array.isArray(value)) {
    const parts = Object.entries(value).filter(([, part]) => !isEmpty(part))
    if (parts.length === 0) return 'none'
    return parts
      .map(([name, part]) => `${shownName(name.replaceAll('_', ' '))}: ${matchingSaid(part, shownText)}`)
      .join(', ')
  }
  if (value.length === 0) return 'none'
  const shown = value
    .slice(0, maxListed)
    .map((entry) => shownText(typeof entry === 'string' ? entry : JSON.stringify(entry)))
  return `${value.length}: ${shown.join(', ')}${value.length > maxListed ? ', … (all in matching.json)' : ''}`
}

const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0

const cut = (text: string): string =>
  text.length <= maxJson ? text : `${text.slice(0, maxJson)}\n… (the rest stands in summary.json)`

/** Line ends of our own stay; a text from outside has none left in JSON. */
const lines = (text: string): Html[] =>
  text.split('\n').map(
    (line) => html`${line}
`,
  )
