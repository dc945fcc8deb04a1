import type { JsonNode } from '../../../json/json-node.ts'
import { pickOne } from '../../reading/pick-one.ts'
import type { ReadContext } from '../../reading/read-context.ts'
import type { ImageNames } from '../image-names.ts'

interface Unit {
  readonly hash: string
  readonly unit: JsonNode
}

/** The data units of all label rows, and what they go by. */
function unitsOf(document: JsonNode): readonly Unit[] {
  const rows = document.isArray ? [...document.items()] : [document]
  return rows.flatMap((row) => {
    const list = row.object().field('data_units').object()
    return Object.keys(list.value as object).map((hash) => ({ hash, unit: list.field(hash).object() }))
  })
}

const unitNames = {
  names: ({ unit }: Unit) => [unit.field('data_title').value],
  ids: ({ hash }: Unit) => [hash],
}

/** The data units of an export. */
export function imagesOf(document: JsonNode): readonly ImageNames[] {
  return unitsOf(document).map((unit) => ({ names: unitNames.names(unit), ids: unitNames.ids(unit) }))
}

/**
 * The data unit that `image` names by its title or hash, and its labels. Those of a video are by frame: `image` is then
 * the number of the frame, behind the title and a slash where the export has several units ("a.mp4/3").
 */
export function chooseLabels(
  document: JsonNode,
  { options }: ReadContext,
): { readonly unit: JsonNode; readonly labels: JsonNode } {
  const units = unitsOf(document)
  const { image } = options
  const [, title, frame] = /^(?:(.*)\/)?(\d+)$/s.exec(String(image ?? '')) ?? []
  const video = frame === undefined ? undefined : videoNamed(title, units)
  if (video !== undefined) return { unit: video, labels: labelsOfFrame(video, frame) }
  const { unit } = pickOne(units, { place: document, what: 'data unit', ...unitNames, wanted: image })
  return { unit, labels: isVideo(unit) ? labelsOfFrame(unit, undefined) : unit.field('labels') }
}

/** Without a title the only unit. */
function videoNamed(title: string | undefined, units: readonly Unit[]): JsonNode | undefined {
  const found = units.filter(({ hash, unit }) =>
    title === undefined ? units.length === 1 : [hash, unit.field('data_title').value].includes(title),
  )
  return found.length === 1 && isVideo(found[0].unit) ? found[0].unit : undefined
}

/** Labels of an image have their objects at once, those of a video (or of a stack of slices) have numbers before. */
function isVideo(unit: JsonNode): boolean {
  return !unit.field('labels').field('objects').exists && framesOf(unit).length > 0
}

function framesOf(unit: JsonNode): readonly string[] {
  const labels = unit.field('labels')
  return labels.isObject ? Object.keys(labels.value as object).filter((key) => /^\d+$/.test(key)) : []
}

function labelsOfFrame(unit: JsonNode, frame: string | undefined): JsonNode {
  const frames = framesOf(unit)
  if (frame !== undefined && frames.includes(frame)) return unit.field('labels').field(frame)
  const list = `${frames.slice(0, 20).join(', ')}${frames.length > 20 ? ', …' : ''}`
  throw unit
    .refuse(
      frame === undefined
        ? `is a video: name the frame with \`image\`; there are labels of ${list}`
        : `is a video that has no labels of frame ${frame}, only of ${list}`,
    )
    .advising('Set `image` to the number of a frame that has labels.')
}
