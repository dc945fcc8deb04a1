import type { Random } from '../../../bench/images/random.ts'
import type { OriginalDocument } from './corpus.ts'
import type { DocumentMutant } from './mutant.ts'
import { mutateJson } from './mutate-json.ts'
import { mutateText } from './mutate-text.ts'
import { mutateXml } from './mutate-xml.ts'
import { mutateZip } from './mutate-zip.ts'

/** One mutation of a document, chosen by `random`: of what its text says, of the text, or of its zip. */
export async function mutateDocument(original: OriginalDocument, random: Random): Promise<DocumentMutant> {
  const bytes = original.sidecar ?? original.bytes
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return mutateZip(bytes, random)
  const text = new TextDecoder().decode(bytes)
  for (;;) {
    if (random() < 0.25) return mutateText(text, random)
    const mutant = ofContent(text, random)
    if (mutant) return mutant
  }
}

function ofContent(text: string, random: Random): DocumentMutant | undefined {
  if (text.startsWith('<')) return mutateXml(text, random)
  if (!/^[[{]/.test(text)) return mutateText(text, random)
  const mutant = mutateJson(JSON.parse(text), random)
  return mutant && { ...mutant, bytes: new TextEncoder().encode(mutant.text) }
}
