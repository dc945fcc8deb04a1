import type { Summary } from '../../summary/summary.ts'
import { grouped } from '../figure.ts'
import { html } from './html.ts'
import { lead, type Section, scrolling } from './section.ts'
import { shownKey, shownSentence } from './shown-name.ts'

const maxShown = 500

/** Every item that failed or was skipped, with its code; how often each code came. */
export function failedSection({ failures, items }: Summary): Section | undefined {
  const total = items.failed + items.skipped
  if (total === 0) return undefined
  const counts = new Map<string, number>()
  for (const { code } of failures) counts.set(code, (counts.get(code) ?? 0) + 1)
  const shown = failures.slice(0, maxShown)
  const rows = shown.map(
    ({ key, side, code, detail }) =>
      html`<tr><th scope="row">${shownKey(key)}</th><td>${side.replace('_', ' ')}</td><td><code>${code}</code></td><td>${shownSentence(detail)}</td></tr>`,
  )
  return {
    id: 'failed',
    title: 'Failed and skipped items',
    count: grouped(total),
    body: html`${lead(
      [...counts]
        .sort(([, a], [, b]) => b - a)
        .map(([code, count]) => `${code} ${grouped(count)}`)
        .join(' · '),
    )}
${scrolling('Failed and skipped items', html`<table class="keys"><thead><tr><th scope="col">item</th><th scope="col">side</th><th scope="col">code</th><th scope="col">what happened</th></tr></thead><tbody>${rows}</tbody></table>`, rows.length > 40)}
${total > shown.length ? html`<p class="rest">${grouped(total - shown.length)} more stand in items.ndjson.</p>` : undefined}`,
  }
}
