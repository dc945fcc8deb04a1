import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AnnotationOptions } from '../../../src/annotations/annotation-options.ts'
import { formatNames, formats } from '../../../src/annotations/formats/catalogue.ts'
import type { Recipe } from '../../../src/annotations/formats/guide.ts'
import type { ToolFormat } from '../../../src/annotations/formats/tool-format.ts'
import { richDocuments } from './rich-documents.ts'

/** A sound document, and the options that read it. */
export interface OriginalDocument {
  readonly name: string
  readonly format: string
  readonly bytes: Uint8Array
  /** The JSON that belongs to a PNG; it is what is mutated then. */
  readonly sidecar?: Uint8Array
  readonly options: AnnotationOptions
}

const folder = join(import.meta.dirname, '../../../examples/labeling')

/** The example files of every format, and documents with every kind of shape. */
export function documentCorpus(): readonly OriginalDocument[] {
  return [...examples(), ...richDocuments()]
}

function examples(): OriginalDocument[] {
  const originals = new Map<string, OriginalDocument>()
  for (const format of formatNames)
    for (const recipe of (formats[format] as ToolFormat).guides.flatMap(({ recipes }) => recipes))
      for (const side of ['ground_truth', 'prediction'] as const) {
        const original = exampleOf(format, recipe, side)
        if (!originals.has(original.name)) originals.set(original.name, original)
      }
  return [...originals.values()]
}

function exampleOf(format: string, recipe: Recipe, side: 'ground_truth' | 'prediction'): OriginalDocument {
  const name = side === 'ground_truth' ? recipe.groundTruth : recipe.prediction
  const options = (recipe.options?.[side] ?? {}) as AnnotationOptions
  const bytes = readFileSync(join(folder, name))
  if (!recipe.withJson) return { name, format, bytes, options }
  return { name, format, bytes, sidecar: readFileSync(join(folder, name.replace(/png$/, 'json'))), options }
}
