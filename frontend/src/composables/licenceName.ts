/** The name of a licence by its address: what readers know it by. Pure. */

/** Which text of the locales names it, and what stands in that. */
export type LicenceName =
  | { key: 'cc'; code: string }
  | { key: 'publicDomain' }
  | { key: 'zero' }
  | { key: `statement.${Statement}` }

export const STATEMENTS = ['InC', 'InC-OW-EU', 'InC-EDU', 'InC-NC', 'InC-RUU', 'NoC-CR', 'NoC-NC', 'NoC-OKLR', 'NoC-US', 'CNE', 'UND', 'NKC'] as const
type Statement = (typeof STATEMENTS)[number]

/** Null for one that has no address, or one that is not known here: then its own words are shown. */
export function licenceName(url: string): LicenceName | null {
  if (url.includes('/publicdomain/mark/')) return { key: 'publicDomain' }
  if (url.includes('/publicdomain/zero/')) return { key: 'zero' }
  const licence = /\/licenses\/([a-z-]+)\/([\d.]+)\/(?:([a-z]{2})\/)?$/.exec(url)
  if (licence) return { key: 'cc', code: [`CC ${licence[1]?.toUpperCase()}`, licence[2], licence[3]?.toUpperCase()].filter(Boolean).join(' ') }
  const statement = STATEMENTS.find((one) => url.includes(`/vocab/${one}/`))
  return statement === undefined ? null : { key: `statement.${statement}` }
}
