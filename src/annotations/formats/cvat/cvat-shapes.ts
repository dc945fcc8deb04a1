import type { JsonNode } from '../../../json/json-node.ts'
import type { ImageRegions, RegionLabel } from '../../annotated-image.ts'
import { warnOfOtherPlaces } from '../../reading/other-places.ts'
import { type ReadContext, sizeOfImage } from '../../reading/read-context.ts'
import type { ImageNames } from '../image-names.ts'
import type { ToolFormat } from '../tool-format.ts'
import { chooseFrame } from './frames.ts'
import { imagesOfXml } from './images-of-xml.ts'
import { type CvatShape, cvatRegions } from './shape.ts'
import { shownByTrack, type TrackKey } from './tracks.ts'
import { readCvatXml } from './xml.ts'

export const cvatShapes: ToolFormat = {
  tool: 'CVAT',
  data: 'the annotations of a job (API), or "CVAT for images 1.1" XML',
  options: ['image', 'polygon_fill', 'width', 'height'],
  isRecognised: (document) =>
    (document.field('shapes').isArray && document.has('tracks')) ||
    document.first.has('frame', 'label_id') ||
    document.matches(/<annotations[\s>]/),
  imagesOf,
  mayBeText: true,
  read: readCvatShapes,
  guides: [
    {
      heading: 'CVAT',
      row: {
        exports: 'API, "CVAT for images 1.1", "Segmentation mask 1.1", "COCO 1.0"',
        names: 'labels',
      },
      intro:
        'From the API: the answer of `GET /api/jobs/{id}/annotations`, with the answers of `/api/labels?job_id={id}` as `labels` (so that regions have names) and of `/api/jobs/{id}/data/meta` as `meta` (so that frames have sizes and file names). Without them give `classes`, `width` and `height`. Where the task has a start frame or a step, and frames are named by file, the answer of `/api/jobs/{id}` as `job` makes certain which numbers they have.',
      recipes: [
        { groundTruth: 'cvat/ground-truth.json', prediction: 'cvat/prediction.json' },
        {
          intro:
            '"CVAT for images 1.1" (or "for video 1.1"), the zip or its `annotations.xml`; `image` names the image or frame:',
          groundTruth: 'cvat-images/ground-truth.zip',
          prediction: 'cvat-images/prediction.zip',
          options: { ground_truth: { image: 'scene.png' }, prediction: { image: 'scene.png' } },
        },
        {
          intro: "A ground-truth job against a model's COCO results, whose categories are numbers:",
          groundTruth: 'cvat/ground-truth.json',
          prediction: 'coco/prediction.json',
          options: { classes: { 1: 'cell', 2: 'leaf' } },
        },
      ],
      notes: [
        'Masks are runs within a box whose corners are included; polygons, rectangles (turned about their middle) and ellipses are filled. Shapes of one group are one object. Tracks: boxes and ellipses are interpolated, of a polygon between key frames the last one stands (`NOT_INTERPOLATED`). That holds for an XML that lists key frames only, too.',
        'Exports of a project may have images of one name: `image` is then `subset/name`, or the id of the task and the name ("5/a.jpg"); a frame of a track is "5/12".',
      ],
    },
  ],
}

function imagesOf(document: JsonNode): readonly ImageNames[] {
  if (typeof document.value === 'string') return imagesOfXml(document.value)
  const frames = document.field('meta').field('frames')
  return frames.isArray
    ? Array.from(frames.items(), (frame) => ({ names: [frame.field('name').value], ids: [] }))
    : []
}

/**
 * A job's annotations as CVAT's API gives them (`{shapes, tracks}`), or the text of an XML
 * export. Beside `shapes` the document may carry what other calls of the API answer: `labels` (then regions
 * have names instead of label ids) `meta` (then frames have sizes and file names), and `job`
 * (then it is certain which numbers the frames have).
 */
function readCvatShapes(document: JsonNode, context: ReadContext): ImageRegions {
  if (typeof document.value === 'string') return readCvatXml(document, document.value, context)
  const shapesNode = document.isArray ? document : document.object().field('shapes')
  const tracks = document.field('tracks')
  const names = labelNames(document.field('labels'))
  warnOfOtherPlaces(document, ['shapes', 'tracks', 'tags', 'labels', 'meta', 'job'], context)
  const listed = Array.from(shapesNode.items(), (node) => ({
    node,
    frame: node.object().field('frame').integer(0),
  }))
  const keysOfTracks = tracks.exists ? Array.from(tracks.items(), (track) => trackKeys(track, names)) : []
  const used = new Set(listed.map(({ frame }) => frame))
  for (const keys of keysOfTracks) for (const { frame, outside } of keys) if (!outside) used.add(frame)
  const frame = chooseFrame(document, used, context)
  const shapes = listed.flatMap(({ node, frame: itsFrame }) =>
    itsFrame === frame.number && node.field('outside').value !== true ? [apiShape(node, node, names)] : [],
  )
  for (const keys of keysOfTracks) {
    const shown = shownByTrack(keys, frame.number, context)
    if (shown) shapes.push(shown)
  }
  return { ...sizeOfImage(frame.size, context, document), ...cvatRegions(shapes, context) }
}

function trackKeys(track: JsonNode, names: ReadonlyMap<number, string>): readonly TrackKey[] {
  return Array.from(track.object().field('shapes').items(), (node) => ({
    frame: node.object().field('frame').integer(0),
    outside: node.field('outside').value === true,
    shape: () => apiShape(node, track, names),
  }))
}

function apiShape(node: JsonNode, owner: JsonNode, names: ReadonlyMap<number, string>): CvatShape {
  const labelId = owner.field('label_id').integer(0)
  const name = names.get(labelId)
  const label: RegionLabel = name === undefined ? { kind: 'category', id: labelId } : { kind: 'name', name }
  return {
    type: node.field('type').text(),
    label,
    points: node.field('points'),
    rotation: numberOr0(node.field('rotation')),
    zOrder: numberOr0(node.field('z_order')),
    group: numberOr0(owner.field('group')),
    pointer: node.pointer,
  }
}

function numberOr0(node: JsonNode): number {
  return node.exists ? node.number() : 0
}

function labelNames(labels: JsonNode): ReadonlyMap<number, string> {
  const list = labels.isObject ? labels.field('results') : labels
  if (!list.exists) return new Map()
  return new Map(
    Array.from(list.items(), (label) => [label.field('id').integer(0), label.field('name').text()]),
  )
}
