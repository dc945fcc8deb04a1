import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { setFlagsFromString } from 'node:v8'

/**
 * What V8 does with code that is compiled, and what it is to do here: compile all at once, and never again with more effort.
 * Its second, optimising compiler takes half a gigabyte for the largest function of the database, and asking becomes no faster.
 */
const flags = ['wasm-lazy-compilation', 'wasm-tier-up', 'wasm-dynamic-tiering'] as const

/**
 * The compiled program of the embedded database. Flags of V8 are those of the whole process, and no other way is there to tell
 * it so: whatever else is compiled in these tenths of a second would stay slow too, so that the database is opened once the
 * workers are warm.
 */
export function embeddedProgram(): WebAssembly.Module {
  const bytes = readFileSync(fileURLToPath(import.meta.resolve('@electric-sql/pglite/pglite.wasm')))
  for (const flag of flags) setFlagsFromString(`--no-${flag}`)
  try {
    return new WebAssembly.Module(bytes)
  } finally {
    for (const flag of flags) setFlagsFromString(`--${flag}`)
  }
}
