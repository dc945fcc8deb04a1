import { comparesRequests } from './compares-requests.ts'

// Half of what CI compares; contract.long.test.ts has the other half, and takes as many as it is told.
comparesRequests(1, 1000)
