import { isAssumed } from '../../checks/check-names.ts'
import { macroPointer } from '../../summary/headline.ts'
import type { MacroBlock, Summary } from '../../summary/summary.ts'
import { figure, grouped } from '../figure.ts'
import { reasonSaid, scoreTitle } from '../words.ts'
import { bins, type GatheredRows, type Histogram } from './gather.ts'
import { type Html, html } from './html.ts'
import { lead, type Section, scrolling } from './section.ts'

/** How the scores of the images spread: histograms of the headline scores, order statistics of all. */
export function histogramsSection({ histograms }: GatheredRows, summary: Summary): Section | undefined {
  const names = Object.keys(summary.macro)
  if (names.length === 0) return undefined
  return {
    id: 'spread',
    title: 'Scores of images',
    body: html`${lead('How many images have which score. The upright line is the median.')}
<div class="plots">${histograms.map((of) => plot(of, summary))}</div>
<details><summary>All ${names.length} scores over images</summary>${statistics(names, summary)}</details>`,
  }
}

const width = 320
const height = 120
const left = 4
const bottom = 18

function plot({ score, counts }: Histogram, summary: Summary): Html {
  const most = Math.max(...counts)
  const block = summary.macro[score]
  const step = (width - 2 * left) / bins
  const scale = (height - bottom - 14) / most
  const bars = counts.map((count, k) => {
    const tall = count === 0 ? 0 : Math.max(1, Math.round(10 * count * scale) / 10)
    return html`<rect x="${round(left + k * step + 0.75)}" y="${round(height - bottom - tall)}" width="${round(step - 1.5)}" height="${tall}"/>`
  })
  const at = (value: number) => round(left + value * (width - 2 * left))
  const ticks = [0, 0.25, 0.5, 0.75, 1].map(
    (tick) =>
      html`<text x="${at(tick)}" y="${height - 4}" text-anchor="${tick === 0 ? 'start' : tick === 1 ? 'end' : 'middle'}">${tick}</text>`,
  )
  const title = `${scoreTitle(score)}${isAssumed(macroPointer(score), summary) ? ' (assumed)' : ''}`
  const spread = spreadOf(block)
  return html`<figure class="plot"><figcaption><b>${title}</b> <span class="soft">${spread}</span></figcaption>
<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="Histogram of ${title} over images: ${spread}; at most ${most} images in a bar"><g class="bars">${bars}</g><line class="axis" x1="${left}" x2="${width - left}" y1="${height - bottom}" y2="${height - bottom}"/>${typeof block?.median === 'number' ? html`<line class="median" x1="${at(block.median)}" x2="${at(block.median)}" y1="12" y2="${height - bottom}"/>` : undefined}<g class="ticks">${ticks}<text x="${left}" y="9">${grouped(most)}</text></g></svg></figure>`
}

const round = (value: number): number => Math.round(value * 100) / 100

function spreadOf(block: MacroBlock | undefined): string {
  if (!block || block.median === null || block.p5 === null || block.p95 === null) return 'undefined'
  return `median ${figure(block.median)}, 5 to 95 % of images ${figure(block.p5)} to ${figure(block.p95)}`
}

const columns = ['mean', 'std', 'min', 'p5', 'p25', 'median', 'p75', 'p95', 'max', 'worst_10'] as const
const titles: Readonly<Partial<Record<string, string>>> = {
  std: 'std. dev.',
  p5: '5 %',
  p25: '25 %',
  p75: '75 %',
  p95: '95 %',
  worst_10: 'mean of the worst tenth',
}

function statistics(names: readonly string[], summary: Summary): Html {
  const rows = names.map((name) => {
    const block = summary.macro[name]
    const cells = columns.map(
      (column) => html`<td class="number">${block[column] === null ? '' : figure(block[column])}</td>`,
    )
    const missing = Object.entries(block.undefined).map(
      ([reason, images]) => `${grouped(images)} ${reasonSaid(reason)}`,
    )
    return html`<tr><th scope="row"><code>${name}</code>${isAssumed(macroPointer(name), summary) ? html` <span class="tag">assumed</span>` : undefined}</th>${cells}<td class="number">${grouped(block.defined)}</td><td class="soft">${missing.join('; ')}</td></tr>`
  })
  const heads = columns.map((column) => html`<th scope="col" class="number">${titles[column] ?? column}</th>`)
  return scrolling(
    'Order statistics of all scores',
    html`<table class="compact"><thead><tr><th scope="col">score</th>${heads}<th scope="col" class="number">images</th><th scope="col">undefined in</th></tr></thead><tbody>${rows}</tbody></table>`,
  )
}
