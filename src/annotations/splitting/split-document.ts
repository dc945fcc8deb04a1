import { JsonNode } from '../../json/json-node.ts'
import { formats } from '../formats/catalogue.ts'
import { imageNameOf } from '../formats/label-studio/task-names.ts'
import type { DatasetImages, DocumentImage } from './document-image.ts'
import { splitByName } from './split-by-name.ts'
import { idsOfSeveralImages, imagesOfCoco, splitCoco, splitCocoPanoptic } from './split-coco.ts'
import { splitCvatXml } from './split-cvat-xml.ts'
import { isRunLengthTable, splitRunLengthTable } from './split-run-length-table.ts'

interface SplitDocument {
  readonly images: Iterable<DocumentImage>
  /** What results of this dataset borrow. */
  readonly dataset?: DatasetImages
  /** What is odd about the document as a whole. */
  readonly notes?: readonly string[]
}

/**
 * Takes a document of many images apart: COCO (dataset, results, panoptic), XML of CVAT, Datumaro, exports of Label Studio,
 * tables of run lengths, and documents of other tools that name their images.
 * @param data what `parseDocument` read
 * @param borrowed of the ground truth's dataset, for results, which list no images
 * @return undefined for a document of one image, or of a format without such documents
 */
export function splitDocument(data: unknown, borrowed?: DatasetImages): SplitDocument | undefined {
  if (typeof data === 'string') {
    if (isRunLengthTable(data)) return { images: splitRunLengthTable(data) }
    if (/<annotations[\s>]/.test(data.slice(0, 4096))) return { images: splitCvatXml(data) }
  }
  const document = new JsonNode(data)
  if (document.isArray && document.length === 0) return borrowed && { images: splitCoco(document, borrowed) }
  if (formats.coco_panoptic.isRecognised(document))
    return document.field('annotations').isArray ? { images: splitCocoPanoptic(document) } : undefined
  if (formats.datumaro.isRecognised(document)) return { images: splitDatumaro(document) }
  if (formats.coco.isRecognised(document)) {
    if (document.isArray) return { images: splitCoco(document, borrowed) }
    if (!document.field('images').isArray) return undefined
    return {
      images: splitCoco(document, undefined),
      dataset: imagesOfCoco(document),
      notes: idsOfSeveralImages(document),
    }
  }
  if (
    document.isArray &&
    formats.label_studio.isRecognised(document) &&
    imageNameOf(document.item(0)) !== undefined
  )
    return { images: splitLabelStudio(document) }
  const images = splitByName(data)
  return images && { images }
}

function* splitDatumaro(document: JsonNode): Generator<DocumentImage> {
  const { value: categories } = document.field('categories')
  for (const item of document.field('items').items()) {
    const content = { categories, items: [item.value] }
    yield { name: String(item.object().field('id').value), format: 'datumaro', text: JSON.stringify(content) }
  }
}

function* splitLabelStudio(tasks: JsonNode): Generator<DocumentImage> {
  for (const task of tasks.items()) {
    const name = imageNameOf(task) ?? String(task.field('id').value)
    yield { name, format: 'label_studio', text: JSON.stringify([task.value]) }
  }
}
