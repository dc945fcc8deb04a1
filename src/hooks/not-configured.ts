import { Refusal } from '../problems/refusal.ts'

/** Says that a hook is closed until its secret is set. */
export const notConfigured = (...names: readonly string[]) =>
  new Refusal(
    'FORBIDDEN',
    `This hook is closed: set ${names.map((name) => `MASKSCORE_${name}`).join(' and ')}, and give the tool the same.`,
  )
