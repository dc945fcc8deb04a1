import { refuseField } from '../../problems/refusal.ts'
import { pickOne } from './pick-one.ts'

/** The one file of a zip that `image` names among the files of a kind; without it the only one. */
export function pickFile(names: readonly string[], what: string, image: string | number | undefined): string {
  return pickOne(names, { place: zip, what, names: (name) => [name], wanted: image })
}

const zip = { refuse: (message: string) => refuseField('INVALID_ANNOTATION', '', `The zip ${message}.`) }
