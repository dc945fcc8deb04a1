import { writeSync } from 'node:fs'
import { registerHooks } from 'node:module'

/** Preloaded: tells every module that is loaded, on the error stream. */
registerHooks({
  resolve(specifier, context, next) {
    const resolved = next(specifier, context)
    if (resolved.url.includes('/node_modules/') || resolved.url.includes('/src/store/'))
      writeSync(2, `loads ${resolved.url}\n`)
    return resolved
  },
})
