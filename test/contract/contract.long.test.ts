import { comparesRequests } from './compares-requests.ts'

// CONTRACT_CASES=100000 compares that many; CONTRACT_FIRST is the first seed.
comparesRequests(Number(process.env.CONTRACT_FIRST ?? 1001), Number(process.env.CONTRACT_CASES ?? 1000))
