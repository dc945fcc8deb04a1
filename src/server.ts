import { cacheCompiledCode } from './compile-cache.ts'
import { sizeThreadPool } from './thread-pool.ts'

cacheCompiledCode(process.env)
sizeThreadPool(process.env)
// Only now, so that both hold for all that is loaded.
const { loadSettings, SettingsError } = await import('./settings/settings.ts')
try {
  const settings = loadSettings(process.env)
  const { serve } = await import('./serve.ts')
  await serve(settings)
} catch (error) {
  // A mistake of the operator or a port that is taken: the message says all, a stack would bury it.
  const expected = error instanceof SettingsError || 'syscall' in (error as object)
  console.error(expected ? (error as Error).message : error)
  process.exit(1)
}
