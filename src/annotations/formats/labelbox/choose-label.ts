import type { JsonNode } from '../../../json/json-node.ts'
import { pickOne } from '../../reading/pick-one.ts'
import type { ReadContext } from '../../reading/read-context.ts'
import type { ImageNames } from '../image-names.ts'

interface ChosenLabel {
  readonly row: JsonNode
  /** What one person drew in the image of the row. */
  readonly annotations: JsonNode
}

/**
 * The row that `image` names by its external id, global key or id, and of its labels the one whose id is `annotation`.
 * @throws Refusal where it is not certain which is meant, and for rows without a label of an image
 */
export function chooseLabel(document: JsonNode, { options }: ReadContext): ChosenLabel {
  const place = { refuse: (message: string) => document.refuse(`(one row a line, NDJSON) ${message}`) }
  const row = pickOne(rowsOf(document), {
    place,
    what: 'data row',
    names: (row) => namesOfRow(row).names,
    ids: (row) => namesOfRow(row).ids,
    wanted: options.image,
  }).object()
  if (row.has('Label') && !row.has('projects'))
    throw row.refuse('is of the first kind of export, which Labelbox no longer writes: export it again')
  const labels = labelsOf(row)
  if (labels.length === 0 && row.has('experiments'))
    throw row.refuse('has no label of a project; predictions of model runs are not read')
  const label = pickOne(labels, {
    place: row.field('projects'),
    what: 'label',
    ids: (label) => [label.field('id').value],
    wanted: labels.length === 1 ? undefined : options.annotation,
    option: 'annotation',
  })
  const annotations = label.field('annotations').object()
  if (annotations.field('frames').exists || annotations.field('segments').exists)
    throw annotations.refuse('is of a video, of which no frames are read')
  return { row, annotations }
}

export function rowsOf(document: JsonNode): readonly JsonNode[] {
  return document.isArray ? [...document.items()] : [document]
}

/** What a row is named by. */
export function namesOfRow(row: JsonNode): ImageNames {
  const value = (key: string) => row.field('data_row').field(key).value
  return { names: [value('external_id'), value('global_key')], ids: [value('global_key'), value('id')] }
}

function labelsOf(row: JsonNode): JsonNode[] {
  const projects = row.field('projects')
  if (!projects.exists) return []
  return Object.keys(projects.object().value as object).flatMap((id) => {
    const labels = projects.field(id).object().field('labels')
    return labels.exists ? Array.from(labels.items(), (label) => label.object()) : []
  })
}
