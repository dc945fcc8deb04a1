import { hash } from 'node:crypto'
import { script } from './script.ts'
import { style } from './style.ts'

const sha256 = (text: string): string => `sha256-${hash('sha256', text, 'base64')}`

/** What a report may do: nothing from elsewhere, and no script but its own. */
export const reportPolicy = `default-src 'none'; style-src '${sha256(style)}'; script-src '${sha256(script)}'; img-src data:; base-uri 'none'; form-action 'none'`
