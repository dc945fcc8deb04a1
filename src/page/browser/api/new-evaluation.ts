import { type DatasetSource, filesOf } from '../dataset/dataset-source.ts'
import { tarOfFolder } from '../dataset/tar-of-folder.ts'
import { askJson } from './ask.ts'
import { withChosen } from './chosen-files.ts'
import type { Evaluation } from './types.ts'
import { upload } from './upload.ts'

/** A dataset to be scored, as it was put together. */
export interface NewEvaluation {
  readonly parts: ReadonlyMap<string, DatasetSource>
  readonly name: string
  /** A stored ground truth; empty: it is among the parts. */
  readonly dataset: string
  readonly options: Readonly<Record<string, unknown>>
}

/** Has a dataset scored: POST /v1/evaluations. Folders are sent as tars. */
export function createEvaluation(
  { parts, name, dataset, options }: NewEvaluation,
  onShare: (share: number) => void,
  signal: AbortSignal,
): Promise<Evaluation> {
  const form = new FormData()
  form.append('options', JSON.stringify(options))
  if (name !== '') form.append('name', name)
  if (dataset !== '') form.append('dataset', dataset)
  for (const [part, source] of parts)
    if (source.kind === 'file') form.append(part, source.file)
    else form.append(part, tarOfFolder(source.files), `${source.name.replaceAll('/', '-')}.tar`)
  return withChosen([...parts.values()].flatMap(filesOf), () =>
    upload('v1/evaluations', form, onShare, signal),
  )
}

/** Names of the stored ground truths: GET /v1/datasets. */
export async function datasetNames(signal?: AbortSignal): Promise<string[]> {
  const { datasets } = await askJson<{ readonly datasets: readonly { readonly name: string }[] }>(
    'v1/datasets',
    signal,
  )
  return datasets.map(({ name }) => name)
}
