import { readFileSync, statSync } from 'node:fs'
import { decodeText } from '../json/decode-text.ts'
import { refuseField } from '../problems/refusal.ts'

/**
 * The JSON text of `--options`.
 * @param source the text itself, or the path of a file that holds it
 * @throws Refusal MALFORMED_JSON for a file that is no text, INVALID_OPTIONS for a folder; an error of the system where it cannot be read
 */
export function optionsText(source: string): string {
  if (/^\s*[[{]/.test(source)) return source
  if (statSync(source, { throwIfNoEntry: false })?.isDirectory())
    throw refuseField(
      'INVALID_OPTIONS',
      '/options',
      `--options is JSON, or a file that holds it; ${JSON.stringify(source)} is a folder.`,
    )
  return decodeText(readFileSync(source), '/options')
}
