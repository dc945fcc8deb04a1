import type { Progress, ProgressFacts } from '../../evaluations/running/progress.ts'
import type { Terminal } from '../command.ts'

export const progressStyles = ['auto', 'bar', 'plain', 'json', 'none'] as const
export type ProgressStyle = (typeof progressStyles)[number]

const barWidth = 20
const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉']
/** Milliseconds between two looks. A line for people who read a log is rarer than one for a program. */
const every = { bar: 200, plain: 10_000, json: 1000 }

/**
 * Shows again and again how far a run is: a bar that is drawn anew, or lines. `auto` is a bar on a screen, else lines.
 * @return ends the showing
 */
export function showProgress(style: ProgressStyle, progress: Progress, terminal: Terminal): () => void {
  const { status } = terminal
  if (style === 'none') return () => undefined
  const draws = status && (style === 'auto' || style === 'bar')
  const show = draws
    ? () => status(progressBar(progress.facts))
    : () => terminal.err(style === 'json' ? JSON.stringify(progress.facts) : progressLine(progress.facts))
  const kind = draws ? 'bar' : style === 'json' ? 'json' : 'plain'
  const timer = setInterval(show, every[kind])
  if (draws) show()
  return () => {
    clearInterval(timer)
    if (draws) status('')
    else if (style === 'json') show()
  }
}

/** `164/231 · 410/s · ETA 1 s · 0 failed · mi_loss 0.431` */
function progressLine({ items, done, failed, rate, eta_seconds, mi_loss }: ProgressFacts): string {
  return [
    `${done}/${items}`,
    `${rate >= 10 ? Math.round(rate) : rate.toFixed(1)}/s`,
    ...(eta_seconds === null ? [] : [`ETA ${duration(eta_seconds)}`]),
    `${failed} failed`,
    ...(mi_loss === null ? [] : [`mean mi_loss ${mi_loss.toFixed(3)}`]),
  ].join(' · ')
}

/** `▕██████████████▎     ▏ 71 %  164/231 · …` */
function progressBar(facts: ProgressFacts): string {
  const share = Math.min(1, Math.max(0, facts.share))
  const filled = Math.floor(share * barWidth * 8)
  const bar = '█'.repeat(filled >> 3) + eighths[filled & 7]
  return `▕${bar.padEnd(barWidth)}▏ ${String(Math.floor(share * 100)).padStart(2)} %  ${progressLine(facts)}`
}

function duration(seconds: number): string {
  const whole = Math.ceil(seconds)
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`
}
