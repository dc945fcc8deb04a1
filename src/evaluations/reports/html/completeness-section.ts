import { isAssumed } from '../../checks/check-names.ts'
import type { Summary } from '../../summary/summary.ts'
import { grouped } from '../figure.ts'
import { completeness } from '../words.ts'
import { type Html, html } from './html.ts'

/** The head of the page: whether the run is whole, with counts. A run that is not says so in words, colour and a bar. */
export function completenessHead(summary: Summary): Html {
  const { complete, items, pixels } = summary
  const [verdict, counts] = completeness(summary).split(': ')
  return html`<header class="head ${complete ? 'whole' : 'partial'}">
<p class="brand">maskscore · dataset report</p>
<h1><span class="sign" aria-hidden="true">${complete ? '✓' : '!'}</span>${complete ? 'Complete' : 'Incomplete'}<span class="visually-hidden">: </span><span class="counts">${counts}</span></h1>
${verdict === 'INCOMPLETE' ? html`<p>Scores below leave out what failed or was skipped, and may look better than they are. Checks count those items as empty predictions. See <a href="#failed">what failed</a>.</p>` : undefined}
${parts(items)}
<p class="facts">${grouped(pixels.counted)} pixels counted${pixels.ignored > 0 ? `, ${grouped(pixels.ignored)} ignored` : ''} · labels ${isAssumed('/pooled/overlap', summary) ? 'are assumed to be classes' : `are ${summary.labels}`}</p>
</header>`
}

/** How the items divide, unless they are all scored. */
function parts({ total, scored, failed, skipped, substituted }: Summary['items']): Html | undefined {
  if (total === 0 || scored - substituted === total) return undefined
  const shares = [
    ['scored', scored - substituted],
    ['scored as empty', substituted],
    ['failed', failed],
    ['skipped', skipped],
  ] as const
  let from = 0
  const bars = shares.map(([kind, count]) => {
    const width = Math.round((1000 * count) / total) / 10
    const rect = html`<rect class="${kind.replaceAll(' ', '-')}" x="${from}" width="${width}" height="10"/>`
    from += width
    return rect
  })
  const key = shares
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => html`<li class="${kind.replaceAll(' ', '-')}">${grouped(count)} ${kind}</li>`)
  return html`<svg class="parts" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">${bars}</svg><ul class="key">${key}</ul>`
}
