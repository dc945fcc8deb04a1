import { seededRandom } from '../../../bench/images/random.ts'
import type { AnnotationFormat } from '../../../src/annotations/formats/catalogue.ts'
import { documentCorpus } from './corpus.ts'
import { type DocumentJudgement, judgeDocument, see } from './judge-document.ts'
import type { DocumentMutant } from './mutant.ts'
import { mutateDocument } from './mutate-document.ts'

export interface DocumentCase extends DocumentJudgement {
  readonly index: number
  readonly file: string
  readonly format: string
  readonly mutant: DocumentMutant
  readonly ms: number
}

/**
 * Reads mutants number `from` up to `to` of a seed, one after another; half of them with their format given. A mutant
 * depends on the seed and its number alone.
 */
export async function* runDocuments(seed: number, from: number, to: number): AsyncGenerator<DocumentCase> {
  const corpus = documentCorpus()
  const sound = await Promise.all(corpus.map(see))
  for (let index = from; index < to; index++) {
    const random = seededRandom(Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0xc2b2ae35))
    const chosen = Math.floor(random() * corpus.length)
    const { name: file, format, options } = corpus[chosen]
    const given = random() < 0.5 ? { format: format as AnnotationFormat } : {}
    const original = { ...corpus[chosen], options: { ...options, ...given } }
    const mutant = await mutateDocument(original, random)
    const start = performance.now()
    const judgement = await judgeDocument(original, sound[chosen], mutant)
    yield { ...judgement, index, file, format, mutant, ms: performance.now() - start }
  }
}

/** Whether the outcome is one that must never be. */
export function isDocumentFailure({ verdict }: DocumentJudgement): boolean {
  return verdict === 'lost' || verdict === 'changed' || verdict === 'thrown' || verdict === 'bad words'
}
