import { vi } from 'vitest'

/** Passes as soon as the check does; patient, since the machine may be busy. */
export function eventually<T>(check: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(check, { timeout: 20_000, interval: 10 })
}
