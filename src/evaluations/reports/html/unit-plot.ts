import { type Html, html } from './html.ts'

const [width, height] = [360, 220]
const [left, right, top, bottom] = [28, 8, 8, 30]

/** Lines over [0, 1] × [0, 1]. */
interface UnitPlot {
  readonly title: string
  /** Beside the title. */
  readonly note: string
  /** What the horizontal axis is. */
  readonly axis: string
  /** Up to three; what is said of each stands below, and is read aloud in place of the picture. */
  readonly lines: readonly {
    readonly said: string
    readonly points: readonly (readonly [x: number, y: number])[]
  }[]
}

export function unitPlot({ title, note, axis, lines }: UnitPlot): Html {
  const x = (value: number) => round(left + value * (width - left - right))
  const y = (value: number) => round(height - bottom - value * (height - top - bottom))
  const grid = [0, 0.25, 0.5, 0.75, 1].map(
    (tick) =>
      html`<line class="rule" x1="${x(0)}" x2="${x(1)}" y1="${y(tick)}" y2="${y(tick)}"/><text x="${left - 5}" y="${y(tick) + 3}" text-anchor="end">${tick}</text><text x="${x(tick)}" y="${height - bottom + 13}" text-anchor="middle">${tick}</text>`,
  )
  const drawn = lines.map(({ points }, k) => {
    const places = points.map(([across, up]) => `${x(across)},${y(up)}`)
    return html`<polyline class="line${k + 1}" points="${places.join(' ')}"/>`
  })
  const said = lines.map((line) => line.said)
  return html`<figure class="plot"><figcaption><b>${title}</b> <span class="soft">${note}</span></figcaption>
<svg class="curves" viewBox="0 0 ${width} ${height}" role="img" aria-label="${title}. ${said.join('; ')}"><g class="ticks">${grid}<text x="${x(0.5)}" y="${height - 3}" text-anchor="middle">${axis}</text></g>${drawn}</svg>
<ul class="strokes">${said.map((text, k) => html`<li><svg class="curves" viewBox="0 0 28 8" aria-hidden="true"><polyline class="line${k + 1}" points="0,4 28,4"/></svg>${text}</li>`)}</ul></figure>`
}

const round = (value: number): number => Math.round(10 * value) / 10
