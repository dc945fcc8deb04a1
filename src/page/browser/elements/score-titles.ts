import { nothing, type ReactiveController, type ReactiveControllerHost } from 'lit'
import { type Metric, metrics } from '../api/metrics.ts'

/** What scores mean, as tooltips of their names: what the service says of each. */
export class ScoreTitles implements ReactiveController {
  readonly #host: ReactiveControllerHost
  #known: ReadonlyMap<string, Metric> | undefined
  #isMissing = false

  constructor(host: ReactiveControllerHost) {
    this.#host = host
    host.addController(this)
  }

  hostConnected(): void {
    if (this.#known) return
    metrics()
      .then(
        (known) => {
          this.#known = known
        },
        () => {
          this.#isMissing = true
        },
      )
      .finally(() => this.#host.requestUpdate())
  }

  /** @param score a name such as `mean_iou`, or its pointer in a report or in the summary of a run */
  of(score: string): string | typeof nothing {
    if (this.#isMissing) return `${score}: what it means could not be read from the service.`
    const metric = this.#known && metricOf(this.#known, score)
    return metric ? `${metric.label}: ${metric.definition}` : nothing
  }
}

function metricOf(known: ReadonlyMap<string, Metric>, score: string): Metric | undefined {
  // Of an image, `iou` and `dice` are those of a class.
  if (!score.startsWith('/')) return known.get(score) ?? known.get(`class_${score}`)
  const pointer = score.replace(/^\/(pooled|macro)(?=\/)/, '').replaceAll(/\/\d+(?=\/)/g, '/*')
  return known.get(pointer) ?? known.get(pointer.slice(pointer.lastIndexOf('/') + 1))
}
