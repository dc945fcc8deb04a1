import { askJson } from './ask.ts'

/** What the service says of a score. */
export interface Metric {
  /** A short name for people. */
  readonly label: string
  readonly definition: string
  /** Null for a score that is neither better nor worse. */
  readonly higher_is_better: boolean | null
}

let asked: Promise<ReadonlyMap<string, Metric>> | undefined

/** The scores that the service knows, by their names and by their pointers into a report; asked for once. Throws as `ask` does. */
export function metrics(): Promise<ReadonlyMap<string, Metric>> {
  asked ??= askJson<{ metrics: readonly (Metric & { readonly name: string; readonly pointer: string })[] }>(
    'v1/metrics',
  ).then(
    ({ metrics }) =>
      new Map(
        metrics.flatMap(
          (metric) =>
            [
              [metric.pointer, metric],
              [metric.name, metric],
            ] as const,
        ),
      ),
  )
  // Asked again after a failure.
  asked.catch(() => {
    asked = undefined
  })
  return asked
}
