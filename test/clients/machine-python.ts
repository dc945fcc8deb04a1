import { spawnSync } from 'node:child_process'

/** The system's own Python first: packages of a distribution, as numpy, are there. */
const candidates = ['/usr/bin/python3', 'python3']
const runs = (python: string, code: string) => spawnSync(python, ['-c', code]).status === 0
const supported = candidates.filter((one) => runs(one, 'import sys; sys.exit(sys.version_info < (3, 9))'))
/** A Python that the client supports, with numpy where there is one; undefined where there is none. */
export const python = supported.find((one) => runs(one, 'import numpy')) ?? supported[0]
