import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { setFlagsFromString } from 'node:v8'

/**
 * Steps of V8 that are switched off while the database is compiled: compiling each function when it is first called, and compiling
 * it again to make it faster. For the largest function the second takes half a gigabyte, and queries become no faster.
 */
const flags = ['wasm-lazy-compilation', 'wasm-tier-up', 'wasm-dynamic-tiering'] as const

/**
 * The compiled program of the embedded database. V8 can only be told so by flags, and flags hold for the whole process. Other code that
 * is compiled in these tenths of a second stays slow. So the database is opened after the workers have compiled theirs.
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
