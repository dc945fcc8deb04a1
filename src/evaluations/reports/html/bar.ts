import { type Html, html } from './html.ts'

interface Bar {
  /** In [0, 1]. */
  readonly value: number
  readonly interval?: readonly [low: number, high: number] | undefined
}

const part = (share: number): string => String(Math.round(1000 * Math.min(1, Math.max(0, share))) / 10)

/** A score of [0, 1] as a bar, with its interval as a line over it. A picture beside the number, which says the same. */
export const bar = ({ value, interval }: Bar): Html =>
  html`<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="10"/><rect class="fill" width="${part(value)}" height="10"/>${interval && whisker(interval)}</svg>`

function whisker([low, high]: readonly [number, number]): Html {
  const [from, to] = [Number(part(low)), Number(part(high))]
  return html`<rect class="whisker" x="${from}" y="4" width="${Math.round(10 * Math.max(0.6, to - from)) / 10}" height="2"/>`
}

/** A score of [0, 1] as a mark on an axis, with its interval around it. */
export function rangeOnAxis({ value, interval }: Bar): Html {
  const at = Number(part(value))
  const band = interval?.map((end) => Number(part(end))) ?? [at, at]
  return html`<svg class="range" viewBox="0 0 100 14" preserveAspectRatio="none" aria-hidden="true"><rect class="track" y="6" width="100" height="2"/><rect class="band" x="${band[0]}" y="3" width="${Math.round(10 * (band[1] - band[0])) / 10}" height="8"/><rect class="mark" x="${Math.min(99.2, Math.max(0, at - 0.4))}" width="0.8" height="14"/></svg>`
}

/**
 * A difference around 0 with its interval.
 * @param reach what the ends of the axis stand for, > 0
 */
export function differenceBar(
  delta: number,
  interval: readonly [number, number] | null,
  reach: number,
  verdict: string,
): Html {
  const place = (value: number) => Math.round(10 * (50 + 50 * Math.min(1, Math.max(-1, value / reach)))) / 10
  const [from, to] = [place(Math.min(0, delta)), place(Math.max(0, delta))]
  const ends = interval?.map(place)
  return html`<svg class="difference ${verdict}" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="10"/><rect class="fill" x="${from}" width="${Math.round(10 * (to - from)) / 10}" height="10"/>${
    ends &&
    html`<rect class="whisker" x="${ends[0]}" y="4" width="${Math.round(10 * Math.max(0.6, ends[1] - ends[0])) / 10}" height="2"/>`
  }<rect class="zero" x="49.8" width="0.4" height="10"/></svg>`
}
